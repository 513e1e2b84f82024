#!/bin/bash
# Stands in for tegrastats where its cost is measured: like the real one it is one process and starts no other.
seconds=1
[ "$1" = --interval ] && printf -v seconds '%d.%03d' $(($2 / 1000)) $(($2 % 1000))
exec 3<> <(:)
n=0
while :; do
  n=$((n + 1))
  echo "11-26-2026 20:00:00 RAM $((2400 + n % 50))/7620MB (lfb 20x4MB) SWAP 0/3810MB (cached 0MB) CPU [$((n % 90))%@1510,22%@1510,45%@1510,7%@1510,12%@729,9%@729] EMC_FREQ 34%@2133 GR3D_FREQ $((n % 100))%@[624] NVDEC 43%@793 NVJPG off NVJPG1 off VIC 20%@435 OFA off APE 174 cpu@50.5C soc2@49.2C soc0@50C gpu@52.1C tj@55.2C soc1@50.1C VDD_IN 4000mW/4100mW VDD_CPU_GPU_CV 900mW/900mW VDD_SOC 1500mW/1500mW"
  read -r -t "$seconds" -u 3
done

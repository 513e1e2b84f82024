/** For whom a password for sudo is asked on a device. */
import type { KnownDevice } from './known-devices.ts';
import type { DeviceRooms } from './rooms.ts';
import type { Rooted } from './with-sudo.ts';

/** `why` goes on behind "Password of …,". */
export function rooted({ connections }: DeviceRooms, device: KnownDevice, why: string): Rooted {
  const state = connections.state(device.name);
  const user = (state.is === 'ready' ? state.board.said.user : undefined) ?? device.user ?? 'root';
  return { device: device.name, host: device.host, user, why };
}

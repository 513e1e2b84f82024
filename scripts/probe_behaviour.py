#!/usr/bin/python3
"""Asks every installed GStreamer element what it does to the caps that pass through it.

    /usr/bin/python3 scripts/probe_behaviour.py > behaviour.json   (then: npx tsx scripts/tables.ts stock --behaviour behaviour.json)

Needs Debian's python3-gi, gir1.2-gstreamer-1.0 and the plugin packages. No data flows and no state is changed: an
element stands alone, one of its pads is linked to a capsfilter, and the pad on its other side is asked for its caps,
just as GStreamer asks while it links a pipeline. Every element is probed in a forked child, so that a crash or a
hang costs only itself. The answers, in the words of server/src/catalog/element.ts (Behaviour):

  forward, backward   for caps in system memory: which fields come out as they went in ("kept"), which may differ
                      ("free"), which do not exist on the other side ("gone"), and what becomes of the media type.
                      A field is kept only if it was kept for each of the samples.
  foreign             the same for video/x-raw(memory:NVMM), a memory that no stock element knows.
                      "whole": the caps came out exactly as they went in, unlisted fields included.
  changedBy           properties that take fields out of "kept" when they are set, found by setting each of them.
  open                pads that answer with more than their template has.
  capsProperty        the property that is what a pad offers or takes.
"""
import json
import os
import signal
import sys

os.environ["GST_DEBUG"] = "0"
import gi  # noqa: E402

gi.require_version("Gst", "1.0")
from gi.repository import GObject, Gst  # noqa: E402

Gst.init(None)
SRC, SINK = Gst.PadDirection.SRC, Gst.PadDirection.SINK
NVMM = Gst.CapsFeatures.from_string("memory:NVMM")
# Values that samples are given where the template leaves them open; two of each, so that an accident shows.
USUAL = {
    "video/x-raw": [
        "video/x-raw,format=NV12,width=320,height=240,framerate=30/1,pixel-aspect-ratio=1/1,interlace-mode=progressive,multiview-mode=mono,colorimetry=bt601,chroma-site=mpeg2",
        "video/x-raw,format=RGBA,width=642,height=482,framerate=25/1,pixel-aspect-ratio=4/3,colorimetry=bt709",
    ],
    "audio/x-raw": [
        "audio/x-raw,format=S16LE,rate=44100,channels=2,layout=interleaved,channel-mask=(bitmask)0x3",
        "audio/x-raw,format=F32LE,rate=16000,channels=1,layout=interleaved",
    ],
    "video/x-h264": ["video/x-h264,width=320,height=240,framerate=30/1,stream-format=byte-stream,alignment=au,profile=main"],
    "video/x-h265": ["video/x-h265,width=320,height=240,framerate=30/1,stream-format=byte-stream,alignment=au,profile=main"],
    "image/jpeg": ["image/jpeg,width=320,height=240,framerate=30/1"],
    "application/x-rtp": ["application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=96"],
}
FOR_ANY = [
    USUAL["video/x-raw"][0],
    USUAL["audio/x-raw"][0],
    USUAL["video/x-h264"][0],
    USUAL["application/x-rtp"][0],
]
MOST_SAMPLES = 10


def samples(caps):
    """Fixed caps in system memory that a template takes; several, so that "kept" is no accident."""
    if caps.is_any():
        return [Gst.Caps.from_string(text) for text in FOR_ANY]
    found = []
    for i in range(caps.get_size()):
        features = caps.get_features(i)
        if features and not features.is_any() and features.to_string() != "memory:SystemMemory":
            continue
        one = Gst.Caps.from_string(caps.copy_nth(i).get_structure(0).to_string())
        if one is None or one.is_any() or one.is_empty():
            continue
        for text in USUAL.get(one.get_structure(0).get_name(), [None]):
            both = one.intersect(Gst.Caps.from_string(text)) if text else one
            if both.is_empty():
                both = one.intersect(without_format(text))
            if both.is_empty():
                both = one
            fixed = Gst.Caps.fixate(both.copy())
            if not fixed.is_empty() and not any(fixed.is_equal(f) for f in found):
                found.append(fixed)
    return found[:MOST_SAMPLES]


def without_format(text):
    caps = Gst.Caps.from_string(text)
    caps.get_structure(0).remove_field("format")
    return caps


def foreign_samples(caps):
    found = []
    for text in USUAL["video/x-raw"]:
        one = Gst.Caps.from_string(text)
        one.set_features(0, NVMM.copy())
        if caps.can_intersect(one):
            found.append(one)
    return found


def field_of(structure, name):
    only = structure.copy()
    for other in [only.nth_field_name(i) for i in range(only.n_fields())]:
        if other != name:
            only.remove_field(other)
    return only.to_string()


def compare(sample, got):
    """What the other side may be for one sample."""
    if got.is_any():
        return {"media": "any"}
    if got.is_empty():
        return {"media": "none"}
    own = sample.get_structure(0)
    media = own.get_name()
    all_media = sorted({got.get_structure(i).get_name() for i in range(got.get_size())})
    memory = {got.get_features(i).to_string() if got.get_features(i) else "memory:SystemMemory" for i in range(got.get_size())}
    row = {"becomes": all_media, "memory": sorted(memory), "kept": [], "free": [], "gone": [], "whole": got.is_equal(sample)}
    row["media"] = "same" if all_media == [media] else "other" if media not in all_media else "same-or-other"
    structures = [got.get_structure(i) for i in range(got.get_size())]
    for name in [own.nth_field_name(i) for i in range(own.n_fields())]:
        values = [field_of(s, name) == field_of(own, name) if s.get_name() == media else s.has_field(name) and value_text(s, name) == value_text(own, name) for s in structures]
        if all(values) and all(s.has_field(name) for s in structures):
            row["kept"].append(name)
        elif any(s.has_field(name) for s in structures):
            row["free"].append(name)
        else:
            row["gone"].append(name)
    return row


def value_text(structure, name):
    return field_of(structure, name).split(",", 1)[-1]


def merge(rows):
    """One passage out of several samples: kept only if kept in all that had the field."""
    rows = [row for row in rows if row is not None]
    if not rows:
        return None
    medias = {row["media"] for row in rows}
    if "any" in medias:
        return {"media": "any", "kept": [], "free": [], "gone": []}
    rows = [row for row in rows if row["media"] != "none"]
    if not rows:
        return {"media": "none", "kept": [], "free": [], "gone": []}
    free = {f for row in rows for f in row["free"]}
    gone = {f for row in rows for f in row["gone"]} - free
    kept = {f for row in rows for f in row["kept"]} - free - gone
    medias = {row["media"] for row in rows}
    passage = {"media": medias.pop() if len(medias) == 1 else "same-or-other", "kept": sorted(kept), "free": sorted(free), "gone": sorted(gone)}
    if passage["media"] != "same":
        passage["becomes"] = sorted({m for row in rows for m in row["becomes"]})[:24]
    if all(row["whole"] for row in rows):
        passage["whole"] = True
    passage["memory"] = sorted({m for row in rows for m in row["memory"]})
    return passage


class Subject:
    """A fresh instance of the element with the two pads that are looked at."""

    def __init__(self, factory, settings=()):
        self.element = factory.create(None)
        if self.element is None:
            raise RuntimeError("no instance")
        self.box = Gst.Bin.new(None)
        self.box.add(self.element)
        for name, value in settings:
            self.element.set_property(name, value)
        self.count = 0

    def pad(self, direction):
        templates = [t for t in self.element.get_factory().get_static_pad_templates() if t.direction == direction and t.presence != Gst.PadPresence.SOMETIMES]
        always = [t for t in templates if t.presence == Gst.PadPresence.ALWAYS]
        if len(always) == 1:
            return self.element.get_static_pad(always[0].name_template)
        if not always and len(templates) == 1:
            template = self.element.get_pad_template(templates[0].name_template)
            return self.element.request_pad(template, None, None)
        return None

    def ask(self, given, side):
        """What the pad of the other side may be when this side is given these caps."""
        sink, src = self.pad(SINK), self.pad(SRC)
        if sink is None or src is None:
            return None
        peer = Gst.ElementFactory.make("capsfilter", None)
        peer.set_property("caps", given)
        self.box.add(peer)
        no_check = Gst.PadLinkCheck.NOTHING
        if side == "forward":
            done = peer.get_static_pad("src").link_full(sink, no_check)
            answer = src.query_caps(None)
        else:
            done = src.link_full(peer.get_static_pad("sink"), no_check)
            answer = sink.query_caps(None)
        return compare(given, answer) if done == Gst.PadLinkReturn.OK else None


def template_caps(factory, direction):
    templates = [t for t in factory.get_static_pad_templates() if t.direction == direction and t.presence != Gst.PadPresence.SOMETIMES]
    always = [t for t in templates if t.presence == Gst.PadPresence.ALWAYS]
    pick = always if len(always) == 1 else templates if not always and len(templates) == 1 else []
    return pick[0].get_caps() if pick else None


def passages(factory, settings=(), most=MOST_SAMPLES):
    sink, src = template_caps(factory, SINK), template_caps(factory, SRC)
    if sink is None or src is None:
        return {}
    row = {}
    for side, caps in (("forward", sink), ("backward", src)):
        found = merge([Subject(factory, settings).ask(s, side) for s in samples(caps)[:most]])
        # Nothing for the samples is not nothing for all; for a foreign memory it is, since only the memory differs.
        if found and found["media"] != "none":
            row[side] = found
        foreign = merge([Subject(factory, settings).ask(s, side) for s in foreign_samples(caps)])
        if foreign:
            row.setdefault("foreign", {})[side] = foreign
    return row


def trials(spec):
    """Values worth trying for a property, other than its default."""
    kind = spec.value_type
    if kind == GObject.TYPE_BOOLEAN:
        return [not spec.default_value]
    if kind.is_a(GObject.TYPE_ENUM):
        return [int(value) for value in spec.enum_class.__enum_values__ if int(value) != int(spec.default_value)][:12]
    if kind in (GObject.TYPE_INT, GObject.TYPE_UINT, GObject.TYPE_INT64, GObject.TYPE_UINT64, GObject.TYPE_DOUBLE, GObject.TYPE_FLOAT):
        wanted = [spec.minimum, spec.maximum, 1, 2, 10, 90]
        return [v for v in dict.fromkeys(type(spec.default_value)(w) for w in wanted) if spec.minimum <= v <= spec.maximum and v != spec.default_value]
    return []


def changed_by(factory, base):
    """Property -> fields that are no longer kept once it is set."""
    found = {}
    probe = factory.create(None)
    kept = {(where, side): set(p["kept"]) for where, side, p in walk(base)}
    if not any(kept.values()):
        return found
    for spec in probe.list_properties():
        if spec.name in ("name", "parent") or not spec.flags & GObject.ParamFlags.WRITABLE:
            continue
        lost = set()
        for value in trials(spec):
            try:
                now = {(w, s): set(p["kept"]) for w, s, p in walk(passages(factory, [(spec.name, value)], 4))}
            except (TypeError, ValueError, OverflowError, RuntimeError):
                continue
            for key, fields in kept.items():
                if key in now:
                    lost |= fields - now[key]
        if lost:
            found[spec.name] = sorted(lost)
    return found


def walk(row):
    for side in ("forward", "backward"):
        if side in row:
            yield "system", side, row[side]
        if side in row.get("foreign", {}):
            yield "foreign", side, row["foreign"][side]


def caps_property(factory):
    """The caps-typed property that an unlinked pad answers with."""
    for spec in factory.create(None).list_properties():
        if spec.value_type != Gst.Caps.__gtype__ or not spec.flags & GObject.ParamFlags.WRITABLE:
            continue
        pads = []
        for direction, word in ((SRC, "src"), (SINK, "sink")):
            template = template_caps(factory, direction)
            tries = samples(template)[:2] if template is not None else []
            if tries and all(answers_with(factory, spec.name, direction, one) for one in tries):
                pads.append(word)
        if pads:
            return {"name": spec.name, "pads": pads}
    return None


def answers_with(factory, name, direction, caps):
    subject = Subject(factory, [(name, caps)])
    pad = subject.pad(direction)
    return pad is not None and pad.query_caps(None).is_equal(caps)


def probe(factory):
    factory = factory.load() or factory
    row = passages(factory)
    if row:
        found = changed_by(factory, row)
        if found:
            row["changedBy"] = found
    prop = caps_property(factory)
    if prop:
        row["capsProperty"] = prop
    open_pads = wider_than_template(factory)
    if open_pads:
        row["open"] = open_pads
    return row


def wider_than_template(factory):
    """Pads that answer with more than their template has, so that the template proves nothing."""
    subject = Subject(factory)
    return sorted(pad.get_name() for pad in subject.element.pads if not pad.query_caps(None).is_subset(pad.get_pad_template_caps()))


def in_child(factory):
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        signal.alarm(40)
        try:
            answer = json.dumps(probe(factory))
        except Exception as e:  # noqa: BLE001 - one element that cannot be asked must not end the run
            answer = json.dumps({"error": f"{type(e).__name__}: {e}"})
        os.write(write, answer.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        data = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(data) if data else {"error": "the element did not answer"}


def main():
    names = sys.argv[1:]
    factories = sorted(Gst.Registry.get().get_feature_list(Gst.ElementFactory), key=lambda f: f.get_name())
    table = {}
    for i, factory in enumerate(factories):
        if names and factory.get_name() not in names:
            continue
        table[factory.get_name()] = in_child(factory)
        print(f"\r{i + 1}/{len(factories)} {factory.get_name():40}", end="", file=sys.stderr)
    print(file=sys.stderr)
    json.dump({"source": Gst.version_string() + ", asked element by element", "elements": table}, sys.stdout, indent=0, sort_keys=True)
    print()


if __name__ == "__main__":
    main()

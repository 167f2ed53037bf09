"""Raster images: what is kept of them, and what is refused."""

import hashlib
import io
import json
import struct
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from manuscript.imaging import ImageRefused, process_image
from tests.manuscript.imaging.samples import chunk, encoded, halves, opened, png, refusal

pytestmark = pytest.mark.pure

MEASURED = """
import json, sys
from manuscript.imaging import ImageRefused, process_image
said = ""
try:
    process_image(sys.stdin.buffer.read())
except ImageRefused as refusal:
    said = str(refusal)
with open("/proc/self/status") as status:
    peak = next(line for line in status if line.startswith("VmHWM:"))
print(json.dumps([said, int(peak.split()[1]) // 1024]))
"""


class TestWhatIsKept:
    def test_the_digest_is_of_the_widest_file_and_the_same_each_time(self):
        data = encoded(halves(2000, 100))

        first, second = process_image(data), process_image(data, "other name.tif")

        assert first == second
        assert first.digest == hashlib.sha256(first.files[2000]).hexdigest()

    @pytest.mark.parametrize(
        ("width", "kept"),
        [
            (100, [100]),
            (480, [480]),
            (481, [480, 481]),
            (1700, [480, 960, 1600, 1700]),
            (3000, [480, 960, 1600, 2400]),
        ],
    )
    def test_widths_are_never_larger_than_the_picture_nor_than_2400(self, width, kept):
        image = process_image(encoded(halves(width, 90)))

        assert list(image.files) == kept
        assert image.width == kept[-1]
        assert [opened(data).width for data in image.files.values()] == kept
        assert opened(image.files[kept[-1]]).height == image.height

    def test_a_png_stays_as_it_was_to_the_pixel(self):
        source = Image.effect_noise((200, 100), 80).convert("RGB")

        image = process_image(encoded(source))

        assert opened(image.files[200]).tobytes() == source.tobytes()

    def test_a_photo_becomes_a_lossy_webp(self):
        source = Image.effect_noise((400, 400), 80).convert("RGB")

        data = process_image(encoded(source, "JPEG", quality=95)).files[400]

        assert data[12:16] == b"VP8 "

    def test_a_picture_of_few_colours_is_kept_without_loss_whatever_it_came_as(self):
        data = process_image(encoded(Image.new("RGB", (64, 64), "white"), "JPEG")).files[64]

        assert data[12:16] == b"VP8L"

    def test_a_phone_s_photo_with_a_second_one_inside_is_its_first(self):
        data = encoded(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (100, 60))])

        shown = opened(process_image(data).files[100])

        assert shown.getpixel((5, 5))[0] > 240

    def test_transparency_is_kept(self):
        source = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
        source.paste((0, 255, 0, 255), (0, 0, 25, 50))

        shown = opened(process_image(encoded(source)).files[50])

        assert shown.getpixel((5, 5)) == (0, 255, 0, 255)
        assert shown.getpixel((40, 5))[3] == 0

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
    def test_every_kind_is_told_by_its_content(self, kind):
        image = process_image(encoded(halves(), kind), "named.svg")

        assert image.media_type == "image/webp"
        red, green, blue = opened(image.files[100]).convert("RGB").getpixel((10, 10))
        assert red > 240
        assert max(green, blue) < 20

    def test_sixteen_bits_of_grey_become_eight(self):
        row = struct.pack("<40H", *[65535] * 20, *[32768] * 20)
        source = Image.frombytes("I;16", (40, 40), row * 40)

        shown = opened(process_image(encoded(source)).files[40])

        assert shown.getpixel((5, 5)) == (255, 255, 255)
        assert shown.getpixel((30, 5)) == (128, 128, 128)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
    def test_other_modes_are_shown_as_colours(self, mode):
        kind = "JPEG" if mode == "CMYK" else "PNG"

        image = process_image(encoded(halves().convert(mode), kind))

        assert (image.width, image.height) == (100, 60)

    def test_a_large_scan_is_the_same_picture_when_it_is_made_smaller_in_bands(self):
        shown = opened(process_image(encoded(halves(6000, 4000), compress_level=1)).files[2400])

        assert shown.size == (2400, 1600)
        for height in (0, 800, 1599):
            assert shown.convert("RGB").getpixel((100, height)) == (255, 0, 0)
            assert shown.convert("RGB").getpixel((2300, height)) == (0, 0, 255)


class TestWhatIsTakenAway:
    def test_the_camera_s_orientation_is_applied(self):
        exif = Image.Exif()
        exif[0x0112] = 6

        image = process_image(encoded(halves(), "JPEG", exif=exif, quality=100, subsampling=0))

        shown = opened(image.files[60])
        assert shown.size == (60, 100)
        assert shown.convert("RGB").getpixel((30, 5))[0] > 200
        assert shown.convert("RGB").getpixel((30, 95))[2] > 200

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_nothing_is_left_of_places_names_and_notes(self, kind):
        exif = Image.Exif()
        exif[0x010E] = "SECRETNOTE"
        exif.get_ifd(0x8825)[1] = "N"
        options = {"exif": exif.tobytes()}
        if kind == "PNG":
            options["pnginfo"] = PngImagePlugin.PngInfo()
            options["pnginfo"].add_text("Comment", "SECRETNOTE")
        else:
            options["xmp"] = b"<x>SECRETNOTE</x>"
        source = encoded(halves(1000, 60), kind, **options) + b"SECRETNOTE"
        assert source.count(b"SECRETNOTE") >= 2

        for data in process_image(source).files.values():
            assert b"SECRETNOTE" not in data
            assert not set(opened(data).info) & {"exif", "xmp", "icc_profile", "Comment"}
            assert not opened(data).getexif()

    def test_colours_are_brought_into_srgb_and_the_profile_goes(self):
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        broken = encoded(halves(), icc_profile=profile.tobytes())

        shown = opened(process_image(broken).files[100])

        assert shown.getpixel((5, 5)) == (255, 0, 0)  # the profile does not fit and is passed over
        assert "icc_profile" not in shown.info

    def test_what_hides_under_full_transparency_is_gone(self):
        source = Image.new("RGBA", (64, 64), (200, 10, 30, 0))
        source.paste((0, 0, 0, 255), (0, 0, 8, 8))

        shown = opened(process_image(encoded(source)).files[64])

        assert shown.getpixel((40, 40))[3] == 0
        assert shown.getpixel((40, 40))[:3] != (200, 10, 30)

    def test_a_picture_that_is_also_something_else_is_only_a_picture(self):
        both = encoded(halves()) + b"PK\x03\x04<script>alert(1)</script>%PDF-1.7"

        data = process_image(both).files[100]

        assert b"script" not in data
        assert b"PDF" not in data


class TestRefusals:
    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
    def test_what_moves(self, kind):
        frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]

        reason = refusal(encoded(frames[0], kind, save_all=True, append_images=frames[1:]))

        assert reason == "“it” moves. Bring one still picture of it."

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
    @pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.95])
    def test_what_is_cut_short(self, kind, part):
        data = encoded(Image.effect_noise((300, 300), 90).convert("RGB"), kind)

        assert "it" in refusal(data[: max(12, int(len(data) * part))])

    def test_what_is_too_small_or_empty(self):
        assert "15 by 40 pixels" in refusal(encoded(Image.new("RGB", (15, 40))))
        assert refusal(b"") == "“it” is empty."

    def test_what_has_more_than_ten_megabytes(self):
        assert (
            refusal(b"\x89PNG\r\n\x1a\n" + b"\0" * (10 * 1024**2)) == "“it” is larger than 10 MB."
        )

    @pytest.mark.parametrize(
        "data",
        [
            png(60_000, 60_000),
            png(8_000, 5_001),
            png(100, 100, chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 80_000_000))),
            png(100, 100, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 80_000_000))),
            b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0",
            b"RIFF\x1e\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0",
            b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x44\x01\0;",
        ],
    )
    def test_bombs_are_refused_before_they_are_decoded(self, data):
        start = time.perf_counter()

        assert refusal(data)

        assert time.perf_counter() - start < 2

    @pytest.mark.parametrize(
        ("width", "height", "kind", "mode", "said"),
        [
            (2400, 8333, "PNG", "RGBA", ""),
            (2400, 8334, "PNG", "RGBA", "more than 20 million transparent pixels"),
            (2400, 16666, "PNG", "RGB", ""),
            (2400, 5417, "WEBP", "RGB", "more than 13 million WebP pixels"),
            (4032, 3024, "WEBP", "RGB", ""),
        ],
    )
    def test_no_picture_takes_more_than_300_mb_of_memory(self, width, height, kind, mode, said):
        data = encoded(Image.new(mode, (width, height)), kind)
        run = subprocess.run(
            [sys.executable, "-c", MEASURED],
            input=data, capture_output=True, check=True, timeout=60, cwd=Path(__file__).parents[3],
        )  # fmt: skip

        refused, megabytes = json.loads(run.stdout)

        assert said in refused
        assert bool(said) == bool(refused)
        assert megabytes < 300

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"\0\0\0\x18ftypheic" + b"\0" * 40, "a HEIC photo"),
            (b"\0\0\0\x18ftypavif" + b"\0" * 40, "an AVIF image"),
            (b"II*\0" + b"\0" * 40, "a TIFF image"),
            (b"%PDF-1.7\n", "a PDF"),
            (b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 40, "an EMF drawing"),
            (b"\0" * 128 + b"DICM" + b"\0" * 40, "a DICOM file"),
            (b"PK\x03\x04" + b"\0" * 40, "a ZIP or Office file"),
            (b"<!doctype html><html><svg></svg></html>", "a web page"),
        ],
    )
    def test_other_kinds_are_named(self, data, what):
        reason = refusal(data, "scan.png")

        assert reason == f"“scan.png” looks like {what}. Save it as PNG, JPEG, WebP or SVG."

    def test_a_name_cannot_break_the_line(self):
        reason = refusal(b"\0\0\0\0", "a\nb" + "x" * 500)

        assert "\n" not in reason
        assert len(reason) < 200

    def test_damage_anywhere_is_a_refusal_and_nothing_else(self):
        for kind in ("PNG", "JPEG", "WEBP", "GIF"):
            data = bytearray(encoded(halves(64, 64), kind))
            for place in range(min(len(data), 400)):
                broken = (
                    bytes(data[:place]) + bytes([data[place] ^ 0xFF]) + bytes(data[place + 1 :])
                )
                with suppress(ImageRefused):
                    assert process_image(broken).files


def test_the_files_can_be_read_by_another_reader_of_webp():
    data = process_image(encoded(halves())).files[100]

    assert data[:4] == b"RIFF"
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert Image.open(io.BytesIO(data)).format == "WEBP"

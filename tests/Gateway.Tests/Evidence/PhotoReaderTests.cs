using System.Diagnostics;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Evidence;
using SkiaSharp;

namespace GridMesh.Gateway.Tests.Evidence;

public sealed class PhotoReaderTests : IDisposable
{
    private readonly PhotoReader _reader = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "[EV4] a photo is kept upright, however the camera was held")]
    [InlineData(1, 60, 40, 0, 0)]
    [InlineData(2, 60, 40, 1, 0)]
    [InlineData(3, 60, 40, 1, 1)]
    [InlineData(4, 60, 40, 0, 1)]
    [InlineData(5, 40, 60, 0, 0)]
    [InlineData(6, 40, 60, 1, 0)]
    [InlineData(7, 40, 60, 1, 1)]
    [InlineData(8, 40, 60, 0, 1)]
    public async Task Upright(int orientation, int width, int height, int right, int below)
    {
        var (photo, stored, fault) = await _reader.ReadAsync(
            Pictures.WithExif(Pictures.Corner(60, 40), orientation), PhotoKind.Other, Token);
        fault.ShouldBeNull();
        (photo!.Width, photo.Height).ShouldBe((width, height));
        using var picture = SKBitmap.Decode(stored!.Bytes);
        for (var corner = 0; corner < 4; corner++)
        {
            var (x, y) = (corner % 2, corner / 2);
            var color = picture.GetPixel((width / 4) + (x * width / 2), (height / 4) + (y * height / 2));
            (color.Red > color.Blue).ShouldBe((x, y) == (right, below), $"corner {x} {y}: {color}");
        }
    }

    [Fact(DisplayName = "[EV4] what is transparent is kept on white, and a large photo smaller")]
    public async Task White()
    {
        using var nothing = new SKBitmap(new SKImageInfo(8, 8));
        var (_, stored, _) = await _reader.ReadAsync(Pictures.Write(nothing, "image/png"), PhotoKind.Other, Token);
        using var picture = SKBitmap.Decode(stored!.Bytes);
        picture.GetPixel(4, 4).ShouldBe(SKColors.White);

        using var large = new SKBitmap(new SKImageInfo(8_000, 6_000, SKColorType.Gray8, SKAlphaType.Opaque));
        var (photo, _, fault) = await _reader.ReadAsync(Pictures.Write(large, "image/jpeg"), PhotoKind.Other, Token);
        fault.ShouldBeNull();
        (photo!.Width, photo.Height).ShouldBe((4_000, 3_000));
    }

    public static TheoryData<string> Attacks => [.. s_attacks.Keys];

    private static readonly Dictionary<string, Func<byte[]>> s_attacks = new()
    {
        ["much text in a few bytes"] = () =>
            Pictures.Png(8, 8, chunks: [.. Enumerable.Repeat(Pictures.Text(40_000_000), 4)]),
        ["a profile of colours that is long"] = () => Pictures.Png(
            8, 8, chunks: Pictures.Chunk("iCCP", [.. "x\0\0"u8, .. Pictures.Pack(new byte[60_000_000])])),
        ["more pixels than its size says"] = () => Pictures.Png(8, 8, rows: new byte[200_000_000]),
        ["a picture of 49 million pixels"] = () => Pictures.Png(7_000, 7_000, depth: 1, color: 0),
        ["passes over a large picture"] = () =>
            Pictures.Png(4_000, 4_000, interlace: 1, depth: 16, rows: new byte[100]),
        ["sizes without pixels"] = () => Pictures.Png(2_000_000_000, 2_000_000_000, rows: new byte[100]),
        ["many small chunks"] = () => Pictures.Png(
            8, 8, chunks: [.. Enumerable.Repeat(Pictures.Chunk("tEXt", "a\0b"u8.ToArray()), 200_000)]),
        ["many scans"] = () =>
        {
            var jpeg = Pictures.Noise("image/jpeg", 64, 64, 1);
            return [
                .. jpeg[..^2],
                .. Enumerable.Repeat((byte[])[0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0], 100).SelectMany(scan => scan)];
        },
    };

    [Theory(DisplayName = "[EV5] what is made to be expensive is taken or refused within a second of a processor")]
    [MemberData(nameof(Attacks))]
    public async Task Cheap(string attack)
    {
        var bytes = s_attacks[attack]();
        bytes.Length.ShouldBeLessThanOrEqualTo(Photo.BytesMax);
        var begin = Stopwatch.GetTimestamp();
        var (photo, _, fault) = await _reader.ReadAsync(bytes, PhotoKind.Other, Token);

        // Of the clock on the wall, on a machine that runs other tests besides.
        Stopwatch.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        (photo is null).ShouldBe(fault is not null);
        TestContext.Current.TestOutputHelper?.WriteLine($"{attack}: {bytes.Length} bytes, {fault ?? "taken"}");
    }

    [Fact(DisplayName = "[EV5] a WebP whose tables of codes take more than its picture is refused before they are read")]
    public async Task Tables()
    {
        var (_, _, fault) = await _reader.ReadAsync(Pictures.Tables(1_024), PhotoKind.Other, Token);
        fault.ShouldBe("is smaller: to decode it takes more than 90 MB");
        var (photo, _, small) = await _reader.ReadAsync(Pictures.Tables(64), PhotoKind.Other, Token);
        small.ShouldBeNull();
        photo!.Width.ShouldBe(64);
    }

    [Fact(DisplayName = "[EV5] sixteen photos are held at once, and the next has to come again")]
    public void Held()
    {
        var hands = Enumerable.Range(0, 17).Select(_ => _reader.Take()).ToArray();
        hands[..16].ShouldAllBe(hand => hand != null);
        hands[16].ShouldBeNull();
        hands[3]!.Dispose();
        _reader.Take().ShouldNotBeNull();
    }

    public void Dispose() => _reader.Dispose();
}

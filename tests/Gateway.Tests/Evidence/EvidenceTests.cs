using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using GridMesh.Contracts.Incidents;
using GridMesh.Product.Fixture;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Bmp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.Metadata.Profiles.Exif;
using SixLabors.ImageSharp.PixelFormats;

namespace GridMesh.Gateway.Tests.Evidence;

public sealed class EvidenceTests(Product product)
{
    private readonly MeshApp _app = product.App;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "[EV1, EV2, EV3] a photo is told by its content, comes back byte for byte, and small without what the camera wrote")]
    [InlineData("image/jpeg")]
    [InlineData("image/png")]
    [InlineData("image/webp")]
    public async Task RoundTrip(string mediaType)
    {
        var worker = await _app.SignInAsync("worker", SmallDistrict.Grid, SmallDistrict.WorkerOf(SmallDistrict.Grid));
        var incident = (await worker.ReportAsync()).Id();
        var bytes = Picture(mediaType, 900, 300, seed: 1);
        using var answer = await SendAsync(worker, incident, bytes, "Before", named: "text/plain");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        var photo = (await answer.JsonAsync()).GetProperty("photos")[0];
        photo.Text("hash").ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        (photo.Text("kind"), photo.Text("mediaType")).ShouldBe(("Before", mediaType));
        (photo.GetProperty("width").GetInt32(), photo.GetProperty("height").GetInt32()).ShouldBe((900, 300));

        using var whole = await GetAsync(worker, incident, photo.Text("hash"));
        whole.Content.Headers.ContentType!.MediaType.ShouldBe(mediaType);
        whole.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await whole.Content.ReadAsByteArrayAsync(Token)).ShouldBe(bytes);
        using var small = await GetAsync(worker, incident, photo.Text("hash"), "?thumbnail=true");
        small.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        using var thumbnail = Image.Load(await small.Content.ReadAsByteArrayAsync(Token));
        (thumbnail.Width, thumbnail.Metadata.ExifProfile).ShouldBe((320, null));
        thumbnail.Height.ShouldBeInRange(100, 110);
    }

    [Fact(DisplayName = "[EV2] the same photo again is no second one, nine are the most, and a closed case takes none")]
    public async Task Nine()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = (await dispatcher.ReportAsync()).Id();
        for (var i = 0; i < Photo.CountMax; i++)
        {
            using var taken = await SendAsync(dispatcher, incident, Picture("image/png", 8, 8, i));
            taken.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var again = await SendAsync(dispatcher, incident, Picture("image/png", 8, 8, i));
            (await again.JsonAsync()).GetProperty("photos").GetArrayLength().ShouldBe(i + 1);
        }

        using var tenth = await SendAsync(dispatcher, incident, Picture("image/png", 8, 8, 99));
        (await tenth.CodeAsync()).ShouldBe("CaseHoldsTooManyPhotos");
        await dispatcher.SendAsync($"incidents/{incident}/reject", new { reason = "重复" });
        using var late = await SendAsync(dispatcher, incident, Picture("image/png", 8, 8, 100));
        (await late.CodeAsync()).ShouldBe("CaseIsClosed");
    }

    [Fact(DisplayName = "[EV1] what is no photo, a broken one, another format and one beyond the bound are refused, and the case stays as it was")]
    public async Task Refused()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = (await dispatcher.ReportAsync()).Id();
        var whole = Picture("image/png", 200, 200, 5);
        foreach (var bytes in (byte[][])[[], [.. "<script>alert(1)</script>"u8], whole[..(whole.Length / 2)], Picture("image/bmp", 8, 8, 1)])
        {
            using var refused = await SendAsync(dispatcher, incident, bytes, named: "image/jpeg");
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{bytes.Length} bytes");
            (await refused.JsonAsync()).GetProperty("errors").TryGetProperty("body", out _).ShouldBeTrue();
        }

        using var large = await SendAsync(dispatcher, incident, new byte[Photo.BytesMax + 1]);
        large.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var unknown = await SendAsync(dispatcher, incident, whole, kind: "During");
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await dispatcher.GetJsonAsync($"incidents/{incident}")).GetProperty("version").GetInt64().ShouldBe(1);
    }

    [Fact(DisplayName = "[EV3, AC2, AC6] photos are not shown by another case, in another area or to nobody, and viewers and other residents add none")]
    public async Task Access()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = (await dispatcher.ReportAsync()).Id();
        var other = (await dispatcher.ReportAsync()).Id();
        using var taken = await SendAsync(dispatcher, incident, Picture("image/png", 8, 8, 7));
        var hash = (await taken.JsonAsync()).GetProperty("photos")[0].Text("hash");
        using var elsewhere = await GetAsync(dispatcher, other, hash);
        (await elsewhere.CodeAsync()).ShouldBe("PhotoIsUnknown");
        var stranger = await _app.SignInAsync("worker", SmallDistrict.FarGrid, SmallDistrict.WorkerOf(SmallDistrict.FarGrid));
        using var far = await GetAsync(stranger, incident, hash);
        (await far.CodeAsync()).ShouldBe("AreaIsOutsideYourOwn");
        using var nobody = await GetAsync(_app.Http, incident, hash);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var role in (string[])["viewer", "resident"])
        {
            using var refused = await SendAsync(await _app.SignInAsync(role, SmallDistrict.Grid), incident, Picture("image/png", 8, 8, 8));
            (await refused.CodeAsync()).ShouldBe("RoleMayNot");
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, string incident, byte[] bytes, string kind = "After", string named = "application/octet-stream")
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(named) } };

        // Asked before it is sent: a body beyond the bound is refused by its length, and nobody sends ten megabytes in vain.
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/incidents/{incident}/evidence?kind={kind}")
        {
            Content = content, Headers = { ExpectContinue = true },
        };
        return await client.SendAsync(request, Token);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string incident, string hash, string query = "") =>
        client.GetAsync($"/api/v1/incidents/{incident}/evidence/{hash}{query}", Token);

    /// <summary>Noise, so that no two are alike and none is small.</summary>
    private static byte[] Picture(string mediaType, int width, int height, int seed)
    {
        var random = new Random(seed);
        using var image = new Image<Rgb24>(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                image[x, y] = new Rgb24((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            }
        }

        image.Metadata.ExifProfile = new ExifProfile();
        image.Metadata.ExifProfile.SetValue(ExifTag.Model, "a phone");
        using var stream = new MemoryStream();
        IImageEncoder encoder = mediaType switch
        {
            "image/jpeg" => new JpegEncoder(),
            "image/png" => new PngEncoder(),
            "image/webp" => new WebpEncoder(),
            _ => new BmpEncoder(),
        };
        image.Save(stream, encoder);
        return stream.ToArray();
    }
}

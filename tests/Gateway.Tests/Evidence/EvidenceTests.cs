using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;
using GridMesh.Gateway.Evidence;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace GridMesh.Gateway.Tests.Evidence;

public sealed class EvidenceTests(Product product)
{
    private readonly MeshApp _app = product.App;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "[EV1, EV2, EV3, EV4] a photo is told by its content, kept and shown as a JPEG without what the camera wrote, and small")]
    [InlineData("image/jpeg")]
    [InlineData("image/png")]
    [InlineData("image/webp")]
    public async Task RoundTrip(string mediaType)
    {
        var worker = await _app.SignInAsync("worker", SmallDistrict.Grid, SmallDistrict.WorkerOf(SmallDistrict.Grid));
        var incident = (await worker.ReportAsync()).Id();
        var bytes = Pictures.WithExif(Pictures.Noise(mediaType, 900, 300, seed: 1));
        using var answer = await SendAsync(worker, incident, bytes, "Before", named: "text/plain");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        var photo = (await answer.JsonAsync()).GetProperty("photos")[0];
        (photo.Text("kind"), photo.Text("mediaType")).ShouldBe(("Before", "image/jpeg"));
        (photo.GetProperty("width").GetInt32(), photo.GetProperty("height").GetInt32()).ShouldBe((900, 300));

        using var whole = await GetAsync(worker, incident, photo.Text("hash"));
        whole.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        whole.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var shown = await whole.Content.ReadAsByteArrayAsync(Token);
        photo.Text("hash").ShouldBe(Convert.ToHexStringLower(SHA256.HashData(shown)));
        shown.AsSpan().IndexOf("a phone"u8).ShouldBe(-1);
        PhotoReader.IsBare(shown).ShouldBeTrue();
        using var small = await GetAsync(worker, incident, photo.Text("hash"), "?thumbnail=true");
        small.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        using var thumbnail = SKBitmap.Decode(await small.Content.ReadAsByteArrayAsync(Token));
        thumbnail.Width.ShouldBe(320);
        thumbnail.Height.ShouldBeInRange(100, 110);
    }

    [Fact(DisplayName = "[EV4] what is a JPEG of nothing but the picture is kept byte for byte; what an older version kept as it came is shown without what the camera wrote")]
    public async Task Bare()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = (await dispatcher.ReportAsync()).Id();
        var bare = Pictures.Noise("image/jpeg", 60, 40, seed: 2);
        using var taken = await SendAsync(dispatcher, incident, bare);
        var hash = (await taken.JsonAsync()).GetProperty("photos")[0].Text("hash");
        hash.ShouldBe(Photo.HashOf(bare));
        var store = _app.Services.GetRequiredService<IEvidenceStore>();
        await store.ReleaseAsync(hash, Token);
        var old = Pictures.WithExif(bare);
        await store.PutAsync(new StoredPhoto(hash, "image/jpeg", old, [1]), Token);
        using var shown = await GetAsync(dispatcher, incident, hash);
        var bytes = await shown.Content.ReadAsByteArrayAsync(Token);
        PhotoReader.IsBare(bytes).ShouldBeTrue();
        bytes.AsSpan().IndexOf("a phone"u8).ShouldBe(-1);
    }

    [Fact(DisplayName = "[EV6] what the case does not take is not stored, and what another case has stays")]
    public async Task NotStored()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var (open, closed) = ((await dispatcher.ReportAsync()).Id(), (await dispatcher.ReportAsync()).Id());
        await dispatcher.SendAsync($"incidents/{closed}/reject", new { reason = "重复" });
        var store = _app.Services.GetRequiredService<IEvidenceStore>();
        var (refused, shared) = (Pictures.Noise("image/jpeg", 9, 9, 20), Pictures.Noise("image/jpeg", 9, 9, 21));
        using var late = await SendAsync(dispatcher, closed, refused);
        (await late.CodeAsync()).ShouldBe("CaseIsClosed");
        using var stranger = await SendAsync(await _app.SignInAsync("resident", SmallDistrict.Grid), open, refused);
        (await stranger.CodeAsync()).ShouldBe("RoleMayNot");
        (await store.FindAsync(Photo.HashOf(refused), thumbnail: false, Token)).ShouldBeNull();

        using var taken = await SendAsync(dispatcher, open, shared);
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = await SendAsync(dispatcher, closed, shared);
        (await again.CodeAsync()).ShouldBe("CaseIsClosed");
        (await store.FindAsync(Photo.HashOf(shared), thumbnail: false, Token)).ShouldNotBeNull();
    }

    [Fact(DisplayName = "[EV2] the same photo again is no second one, nine are the most, and a closed case takes none")]
    public async Task Nine()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = (await dispatcher.ReportAsync()).Id();
        for (var i = 0; i < Photo.CountMax; i++)
        {
            using var taken = await SendAsync(dispatcher, incident, Pictures.Noise("image/png", 8, 8, i));
            taken.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var again = await SendAsync(dispatcher, incident, Pictures.Noise("image/png", 8, 8, i));
            (await again.JsonAsync()).GetProperty("photos").GetArrayLength().ShouldBe(i + 1);
        }

        using var tenth = await SendAsync(dispatcher, incident, Pictures.Noise("image/png", 8, 8, 99));
        (await tenth.CodeAsync()).ShouldBe("CaseHoldsTooManyPhotos");
        await dispatcher.SendAsync($"incidents/{incident}/reject", new { reason = "重复" });
        using var late = await SendAsync(dispatcher, incident, Pictures.Noise("image/png", 8, 8, 100));
        (await late.CodeAsync()).ShouldBe("CaseIsClosed");
    }

    [Fact(DisplayName = "[EV1] what is no photo, a broken one, another format and one beyond the bound are refused, and the case stays as it was")]
    public async Task Refused()
    {
        var dispatcher = await _app.SignInAsync("dispatcher");
        var incident = (await dispatcher.ReportAsync()).Id();
        var whole = Pictures.Noise("image/png", 200, 200, 5);
        foreach (var bytes in (byte[][])[[], [.. "<script>alert(1)</script>"u8], whole[..(whole.Length / 2)],
            [.. "BM"u8, .. new byte[80]]])
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
        using var taken = await SendAsync(dispatcher, incident, Pictures.Noise("image/png", 8, 8, 7));
        var hash = (await taken.JsonAsync()).GetProperty("photos")[0].Text("hash");
        using var elsewhere = await GetAsync(dispatcher, other, hash);
        (await elsewhere.CodeAsync()).ShouldBe("PhotoIsUnknown");
        var stranger = await _app.SignInAsync(
            "worker", SmallDistrict.FarGrid, SmallDistrict.WorkerOf(SmallDistrict.FarGrid));
        using var far = await GetAsync(stranger, incident, hash);
        (await far.CodeAsync()).ShouldBe("AreaIsOutsideYourOwn");
        using var nobody = await GetAsync(_app.Http, incident, hash);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var role in (string[])["viewer", "resident"])
        {
            using var refused = await SendAsync(
                await _app.SignInAsync(role, SmallDistrict.Grid), incident, Pictures.Noise("image/png", 8, 8, 8));
            (await refused.CodeAsync()).ShouldBe("RoleMayNot");
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, string incident, byte[] bytes, string kind = "After",
        string named = "application/octet-stream")
    {
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(named) } };

        // Asked before it is sent: a body beyond the bound is refused by its length, and nobody sends ten megabytes in
        // vain.
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"/api/v1/incidents/{incident}/evidence?kind={kind}")
        {
            Content = content, Headers = { ExpectContinue = true },
        };
        return await client.SendAsync(request, Token);
    }

    private static Task<HttpResponseMessage> GetAsync(
        HttpClient client, string incident, string hash, string query = "") =>
        client.GetAsync($"/api/v1/incidents/{incident}/evidence/{hash}{query}", Token);
}

namespace GridMesh.Load.Tests.Faults;

public sealed class LossyLineTests
{
    [Fact(DisplayName = "[LO53] a lossy line sends requests twice and keeps answers to itself while it is bad, and not otherwise")]
    public async Task Bad()
    {
        var (came, answered) = (0, 0);
        await using var product = await FakeProduct.StartAsync(
            api => api.MapPost("incidents", () => Results.Ok(new { id = Interlocked.Increment(ref came) })));
        await using var line = await LossyLine.StartAsync(product.Client.Url, TimeProvider.System);
        using var client = new MeshClient(line.Url);
        (await client.PostAsync("incidents", "token", new { })).Body.GetProperty("id").GetInt32().ShouldBe(1);
        line.IsBad = true;
        for (var i = 0; i < 12; i++)
            answered += await client.PostAsync("incidents", "token", new { }).ContinueWith(
                sent => sent.IsCompletedSuccessfully ? 1 : 0, TaskScheduler.Default);
        (came, answered).ShouldBe((1 + 12 + 4, 9));
    }
}

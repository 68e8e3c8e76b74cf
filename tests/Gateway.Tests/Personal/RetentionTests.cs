using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Storage;
using GridMesh.Product.Fixture;
using GridMesh.Silo.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GridMesh.Gateway.Tests.Personal;

/// <summary>A product of its own: what is kept too long is anybody's.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const string Grid = "450105002001002";

    private MeshApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await MeshApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact(DisplayName = "[PD11] who reported a case goes after its days, what was written after its own; once a day, and an open case stays")]
    public async Task Days()
    {
        var dispatcher = await _app.SignInAsync("dispatcher", Grid);
        var (over, open) = (await ReportAsync(dispatcher), await ReportAsync(dispatcher));
        await dispatcher.DoAsync(over, "reject", new { reason = "重复" });
        var sweep = new RetentionSweep(
            new RetentionOptions { ContactDays = 10, WordsDays = 20 }, Get<IPersonalStore>(), Get<IStateTable>(),
            Get<IGrainFactory>(), TimeProvider.System, NullLogger<RetentionSweep>.Instance);
        var today = ChinaTime.Day(TimeProvider.System.GetUtcNow());

        (await sweep.RunAsync(today.AddDays(9), Token)).ShouldBeTrue();
        (await ReporterAsync(dispatcher, over)).ShouldBe("老孙 13612349999");
        (await sweep.RunAsync(today.AddDays(10), Token)).ShouldBeTrue();
        (await sweep.RunAsync(today.AddDays(10), Token)).ShouldBeFalse("somebody has had that day");
        var seen = await dispatcher.GetJsonAsync($"incidents/{over.Id()}");
        (seen.Text("reporter"), seen.Text("description")).ShouldBe(("[已删除 erased]", "井盖破损"));
        (await sweep.RunAsync(today.AddDays(20), Token)).ShouldBeTrue();
        (await dispatcher.GetJsonAsync($"incidents/{over.Id()}")).Text("description").ShouldBe("[已删除 erased]");
        (await ReporterAsync(dispatcher, open)).ShouldBe("老孙 13612349999");
    }

    [Fact(DisplayName = "[PD11] what was written is not erased before who reported it")]
    public void Order()
    {
        new RetentionOptions { ContactDays = 30, WordsDays = 10 }.Problems().ShouldHaveSingleItem();
        new RetentionOptions { ContactDays = 0, WordsDays = 10 }.Problems().ShouldHaveSingleItem();
        new RetentionOptions { ContactDays = 30 }.Problems().ShouldBeEmpty();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    private static async Task<string> ReporterAsync(HttpClient client, System.Text.Json.JsonElement incident) =>
        (await client.GetJsonAsync($"incidents/{incident.Id()}/reporter")).Text("reporter");

    private static async Task<System.Text.Json.JsonElement> ReportAsync(HttpClient client) =>
        await (await client.SendAsync("incidents", new
        {
            category = "litter", grid = Grid, description = "井盖破损", reporter = "老孙 13612349999", source = "Hotline",
        })).JsonAsync();
}

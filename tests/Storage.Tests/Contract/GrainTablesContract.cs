using System.Text;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class GrainTablesContract(IPlace place) : StorageContract(place)
{
    [Fact(DisplayName = "[ST16] state is written only over the ETag that was read, and every write has a new one")]
    public async Task Etags()
    {
        (await ReadAsync("k")).ShouldBeNull();
        var first = (await WriteAsync("k", "one", null)).ShouldNotBeNull();
        (await WriteAsync("k", "two", null)).ShouldBeNull();
        (await WriteAsync("k", "two", "999999")).ShouldBeNull();
        (await WriteAsync("k", "two", "not a number")).ShouldBeNull();
        var second = (await WriteAsync("k", "two", first)).ShouldNotBeNull();
        second.ShouldNotBe(first);
        (await WriteAsync("k", "three", first)).ShouldBeNull();
        (await ReadAsync("k")).ShouldBe(("two", second));
        (await ReadAsync("other")).ShouldBeNull();
    }

    [Fact(DisplayName = "[ST16] state is removed under the same condition, and an old ETag never fits again")]
    public async Task Clears()
    {
        (await ClearAsync("k", null)).ShouldBeTrue();
        (await ClearAsync("k", "1")).ShouldBeFalse();
        var first = await WriteAsync("k", "one", null);
        (await ClearAsync("k", null)).ShouldBeFalse();
        (await ClearAsync("k", "999999")).ShouldBeFalse();
        (await ClearAsync("k", first)).ShouldBeTrue();
        (await ReadAsync("k")).ShouldBeNull();
        await RestartAsync();
        var second = await WriteAsync("k", "again", null);
        second.ShouldNotBe(first);
        (await WriteAsync("k", "late", first)).ShouldBeNull();
        (await ReadAsync("k")).ShouldBe(("again", second!));
    }

    [Fact(DisplayName = "[ST16] of many writers of one key with one ETag, one wins; many keys share few commits")]
    public async Task Concurrent()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => WriteAsync("same", $"{i}", null)));
        answers.Count(etag => etag is not null).ShouldBe(1);
        var before = Store.StateCommits;
        var written = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => WriteAsync($"key{i}", $"{i}", null)));
        written.ShouldAllBe(etag => etag != null);
        written.ShouldBeUnique();
        (Store.StateCommits - before).ShouldBeLessThan(100);
        (await ReadAsync("key1999")).ShouldBe(("1999", written[1999]!));
    }

    [Fact(DisplayName = "[ST17] reminders are kept by grain and name, replaced and deleted")]
    public async Task Reminders()
    {
        var row = new ReminderRow("Incident", "case-1", "due", Samples.Noon, TimeSpan.FromMinutes(1));
        await Store.Reminders.UpsertAsync(row with { Period = TimeSpan.FromDays(1) }, Token);
        await Store.Reminders.UpsertAsync(row, Token);
        await Store.Reminders.UpsertAsync(row with { Name = "other" }, Token);
        await RestartAsync();
        (await Store.Reminders.ReadAllAsync(Token)).ShouldBe([row, row with { Name = "other" }]);
        await Store.Reminders.DeleteAsync("Incident", "case-1", "other", Token);
        await Store.Reminders.DeleteAsync("Incident", "case-1", "never was", Token);
        (await Store.Reminders.ReadAllAsync(Token)).ShouldBe([row]);
    }

    private async Task<(string Text, string Etag)?> ReadAsync(string key) =>
        await Store.State.ReadAsync("state", "Building", key, Token) is { } row
            ? (Encoding.UTF8.GetString(row.Payload.Span), row.Etag)
            : null;

    private Task<string?> WriteAsync(string key, string text, string? etag) =>
        Store.State.WriteAsync("state", "Building", key, Encoding.UTF8.GetBytes(text), etag, Token).AsTask();

    private Task<bool> ClearAsync(string key, string? etag) =>
        Store.State.ClearAsync("state", "Building", key, etag, Token).AsTask();
}

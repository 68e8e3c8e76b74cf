using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class AccessContract(IPlace place) : StorageContract(place)
{
    private static readonly DateTimeOffset s_at = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact(DisplayName = "[AC11] entries are kept, found by each of their fields, the latest first, and let go of when they are old")]
    public async Task Kept()
    {
        await Store.Accesses.AppendAsync(
            [Entry(0, "d1", AccessKind.Case, "450105001001001"), Entry(1, "d2", AccessKind.Track, "450105001001002")],
            Token);
        await Store.Accesses.AppendAsync([Entry(2, "d1", AccessKind.Photo, "450105002001001")], Token);
        await RestartAsync();
        var all = new AccessQuery(AreaCode.Parse("450105"));
        (await FindAsync(all)).ShouldBe([2, 1, 0]);
        (await FindAsync(all with { Area = AreaCode.Parse("450105001") })).ShouldBe([1, 0]);
        (await FindAsync(all with { Sub = "d1" })).ShouldBe([2, 0]);
        (await FindAsync(all with { Kind = AccessKind.Track })).ShouldBe([1]);
        (await FindAsync(all with { Subject = "s2" })).ShouldBe([2]);
        (await FindAsync(all with { From = s_at.AddMinutes(1), To = s_at.AddMinutes(2) })).ShouldBe([1]);
        var page = await Store.Accesses.ReadAsync(all, 2, null, Token);
        (await Store.Accesses.ReadAsync(all, 2, page.Next, Token)).Items.Single()
            .ShouldBe(Entry(0, "d1", AccessKind.Case, "450105001001001"));
        await Store.Accesses.ForgetAsync(s_at.AddMinutes(2), Token);
        (await FindAsync(all)).ShouldBe([2]);
    }

    private async Task<int[]> FindAsync(AccessQuery query) =>
        [.. (await Store.Accesses.ReadAsync(query, AccessQuery.LimitMax, null, Token)).Items.Select(
            entry => (int)(entry.At - s_at).TotalMinutes)];

    private static AccessEntry Entry(int minute, string sub, AccessKind kind, string area) =>
        new(s_at.AddMinutes(minute), sub, Role.Dispatcher, kind, AreaCode.Parse(area), $"s{minute}");
}

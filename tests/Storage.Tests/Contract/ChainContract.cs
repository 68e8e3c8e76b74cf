using GridMesh.Contracts.Codes;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class ChainContract(IPlace place) : StorageContract(place)
{
    private static readonly AreaCode s_other = AreaCode.Parse("450106");

    [Fact(DisplayName = "[ST10] an untouched journal of several districts verifies clean, also across a restart")]
    public async Task Clean()
    {
        await FillAsync();
        await RestartAsync();
        await AppendAsync(Samples.Append("later", 0, facts: 3));
        long walked = 0;
        var facts = await AllFactsAsync();
        (await Store.Journal.VerifyChainAsync(new Report(value => walked = value), cancellation: Token))
            .ShouldBeEmpty();
        walked.ShouldBe(facts.Count);
    }

    [Theory(DisplayName = "[ST10] a fact that was altered is found, whatever was altered in it")]
    [InlineData("stream = 'forged'")]
    [InlineData("version = 77")]
    [InlineData("type = 'Forged'")]
    [InlineData("at = at + 1")]
    [InlineData("author = 'nobody'")]
    [InlineData("payload = hash")]
    [InlineData("hash = payload")]
    [InlineData("district = '450199'")]
    [InlineData("writer = 9")]
    [InlineData("link = link + 1")]
    [InlineData("seq = 100000")]
    public async Task Altered(string change)
    {
        await FillAsync();
        await Store.TamperAsync($"UPDATE facts SET {change} WHERE stream = 's3' AND version = 2");
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldNotBeEmpty();
    }

    [Fact(DisplayName = "[ST10] a fact that was taken from the middle is found missing")]
    public async Task Missing()
    {
        await FillAsync();
        await Store.TamperAsync("DELETE FROM facts WHERE stream = 's3' AND version = 2");
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldHaveSingleItem()
            .ShouldContain("1 missing before");
    }

    [Fact(DisplayName = "[ST10] facts that were cut from the end are found missing")]
    public async Task Truncated()
    {
        await FillAsync();
        await Store.TamperAsync("DELETE FROM facts WHERE stream = 's9'");
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldHaveSingleItem()
            .ShouldContain("2 missing at the end");
    }

    [Fact(DisplayName = "[ST10] two facts that changed places are found")]
    public async Task Reordered()
    {
        await FillAsync();
        var facts = (await AllFactsAsync()).Where(fact => fact.District == Samples.District).Take(2).ToArray();
        await Store.TamperAsync($"UPDATE facts SET seq = -1 WHERE seq = {facts[0].Seq}");
        await Store.TamperAsync($"UPDATE facts SET seq = {facts[0].Seq} WHERE seq = {facts[1].Seq}");
        await Store.TamperAsync($"UPDATE facts SET seq = {facts[1].Seq} WHERE seq = -1");
        var breaks = await Store.Journal.VerifyChainAsync(cancellation: Token);
        breaks.ShouldContain(line => line.Contains("out of order"));
    }

    [Fact(DisplayName = "[ST10] the head of a chain that was taken away is found")]
    public async Task HeadGone()
    {
        await FillAsync();
        await Store.TamperAsync("DELETE FROM chain_heads WHERE district = '450106'");
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldHaveSingleItem().ShouldContain("450106");
    }

    private async Task FillAsync()
    {
        for (var i = 0; i < 10; i++)
            await AppendAsync(Samples.Append($"s{i}", 0, facts: 2, district: i % 3 == 1 ? s_other : Samples.District));
    }

    private sealed class Report(Action<long> report) : IProgress<long>
    {
        void IProgress<long>.Report(long value) => report(value);
    }
}

using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class FactContract(IPlace place) : StorageContract(place)
{
    private const string One = "450105001003007-260701-0001";
    private const string Two = "450105001003008-260701-0001";
    private const string Far = "450105002001001-260701-0001";

    [Fact(DisplayName = "[ST31] facts of several streams are read by their types, each stream in its order")]
    public async Task Streams()
    {
        foreach (var stream in new[] { One, Two, Far })
        {
            await Store.Journal.AppendAsync(
                new JournalAppend(
                    stream, 0, Guid.NewGuid(), Samples.District,
                    [Samples.Fact("a", "A"), Samples.Fact("b", "B"), Samples.Fact("c", "A")]), Token);
        }

        var read = await Store.Facts.ReadStreamsAsync([Two, One, "nowhere"], ["A"], Token);
        read.Select(record => (record.Stream, record.Version)).ShouldBe([(One, 1), (One, 3), (Two, 1), (Two, 3)]);
        (await Store.Facts.ReadStreamsAsync([One], [], Token)).ShouldBeEmpty();
        (await Store.Facts.ReadStreamsAsync([], ["A"], Token)).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await Store.Facts.ReadStreamsAsync(
            [.. Enumerable.Range(0, IFactReader.StreamsMax + 1).Select(i => $"{i}")], ["A"], Token));
    }

    [Fact(DisplayName = "[ST32] who follows an area's facts from page to page meets each once, in order, and passes over the others")]
    public async Task Follow()
    {
        var random = new Random(20260701);
        var versions = new Dictionary<string, long> { [One] = 0, [Two] = 0, [Far] = 0, ["worker:W1"] = 0 };
        for (var i = 0; i < 200; i++)
        {
            var stream = versions.Keys.ElementAt(random.Next(4));
            var facts = random.Next(1, 4);
            await AppendAsync(Samples.Append(stream, versions[stream], facts: facts));
            versions[stream] += facts;
        }

        foreach (var (area, streams) in new[] { ("450105", new[] { One, Two, Far }), ("450105001", [One, Two]),
            ("450105001003007", [One]), ("450106", []) })
        {
            var found = new List<JournalRecord>();
            var after = 0L;
            FactPage page;
            do
            {
                page = await Store.Facts.ReadAfterAsync(after, AreaCode.Parse(area), 7, Token);
                page.Until.ShouldBeGreaterThanOrEqualTo(after);
                found.AddRange(page.Facts);
                after = page.Until;
            }
            while (page.Facts.Count > 0);
            var expected = (await AllFactsAsync()).Where(record => streams.Contains(record.Stream)).ToList();
            found.Select(record => record.Seq).ShouldBe(expected.Select(record => record.Seq), area);
            after.ShouldBe((await AllFactsAsync())[^1].Seq);
        }
    }
}

using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class JournalContract(IPlace place) : StorageContract(place)
{
    [Fact(DisplayName = "[ST1] a fact is read back as it was appended")]
    public async Task ReadsBack()
    {
        var append = Samples.Append("s1", 0, facts: 3);
        (await AppendAsync(append)).ShouldBe(new AppendOutcome(AppendResult.Appended, "s1", 3));

        var records = await Store.Journal.ReadStreamAsync("s1", 0, Token);
        records.Select(record => record.Version).ShouldBe([1, 2, 3]);
        for (var i = 0; i < 3; i++)
        {
            records[i].Stream.ShouldBe("s1");
            records[i].CommandId.ShouldBe(append.CommandId);
            records[i].District.ShouldBe(append.District);
            records[i].Type.ShouldBe(append.Facts[i].Type);
            records[i].At.ShouldBe(append.Facts[i].At);
            records[i].By.ShouldBe(append.Facts[i].By);
            records[i].Payload.ToArray().ShouldBe(append.Facts[i].Payload.ToArray());
            records[i].Hash.Length.ShouldBe(32);
        }

        (await Store.Journal.ReadStreamAsync("s1", 2, Token)).Single().Version.ShouldBe(3);
        (await Store.Journal.ReadStreamAsync("nobody", 0, Token)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[ST2] a stream at another version refuses the append and says its version")]
    public async Task VersionConflict()
    {
        await AppendAsync(Samples.Append("s1", 0));
        (await AppendAsync(Samples.Append("s1", 0))).ShouldBe(new AppendOutcome(AppendResult.VersionConflict, "s1", 1));
        (await AppendAsync(Samples.Append("s1", 2))).ShouldBe(new AppendOutcome(AppendResult.VersionConflict, "s1", 1));
        (await AppendAsync(Samples.Append("new", 4)))
            .ShouldBe(new AppendOutcome(AppendResult.VersionConflict, "new", 0));
        (await AllFactsAsync()).Count.ShouldBe(1);
    }

    [Fact(DisplayName = "[ST3] a command id again writes nothing and is answered with where it is, also after a restart")]
    public async Task CommandKnown()
    {
        var first = Samples.Append("s1", 0, facts: 2);
        await AppendAsync(first);
        var known = new AppendOutcome(AppendResult.CommandKnown, "s1", 2);
        (await AppendAsync(first)).ShouldBe(known);
        (await AppendAsync(Samples.Append("s1", 2, first.CommandId))).ShouldBe(known);
        (await AppendAsync(Samples.Append("other", 0, first.CommandId))).ShouldBe(known);
        (await Store.Journal.FindCommandAsync(first.CommandId, Token)).ShouldBe(known);
        (await Store.Journal.FindCommandAsync(Guid.NewGuid(), Token)).ShouldBeNull();

        await RestartAsync();
        (await AppendAsync(first)).ShouldBe(known);
        (await AppendAsync(Samples.Append("other", 0, first.CommandId))).ShouldBe(known);
        (await AllFactsAsync()).Count.ShouldBe(2);
    }

    [Fact(DisplayName = "[ST37] what a command asked for comes back with every answer that it is known, also after a restart")]
    public async Task Digests()
    {
        var first = Samples.Append("s1", 0, facts: 2) with { Digest = long.MinValue + 5 };
        var without = Samples.Append("s2", 0);
        var known = new AppendOutcome(AppendResult.CommandKnown, "s1", 2, first.Digest);
        var outcomes = await Task.WhenAll(
            AppendAsync(first), AppendAsync(without),
            AppendAsync(Samples.Append("other", 0, first.CommandId) with { Digest = 7 }));
        outcomes[2].ShouldBe(known);
        for (var restart = 0; restart < 2; restart++)
        {
            (await AppendAsync(first)).ShouldBe(known);
            (await Store.Journal.FindCommandAsync(first.CommandId, Token)).ShouldBe(known);
            (await Store.Journal.FindCommandAsync(without.CommandId, Token))!.Value.Digest.ShouldBeNull();
            (await Store.Journal.ReadStreamAsync("s1", 0, Token)).Select(fact => fact.Digest)
                .ShouldBe([first.Digest, null]);
            await RestartAsync();
        }

        // A group that is large enough for PostgreSQL to copy.
        await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => AppendAsync(Samples.Append($"g{i}", 0) with { Digest = i })));
        (await AllFactsAsync()).Where(fact => fact.Stream[0] == 'g')
            .ShouldAllBe(fact => $"g{fact.Digest}" == fact.Stream);
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[ST2] after a restart a stream goes on from its version and still refuses another")]
    public async Task GoesOnAfterRestart()
    {
        await AppendAsync(Samples.Append("s1", 0, facts: 2));
        await RestartAsync();
        (await AppendAsync(Samples.Append("s1", 1))).Result.ShouldBe(AppendResult.VersionConflict);
        (await AppendAsync(Samples.Append("s1", 0))).Result.ShouldBe(AppendResult.VersionConflict);
        (await AppendAsync(Samples.Append("s1", 2))).ShouldBe(new AppendOutcome(AppendResult.Appended, "s1", 3));
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[ST4] many appends at once share few commits, and each is answered for itself")]
    public async Task GroupCommit()
    {
        const int appends = 2_000;
        await AppendAsync(Samples.Append("warm", 0));
        var before = Store.JournalCommits;
        var answers = await Task.WhenAll(
            Enumerable.Range(0, appends).Select(i => AppendAsync(Samples.Append($"s{i}", 0))));
        answers.ShouldAllBe(answer => answer.Result == AppendResult.Appended);
        (Store.JournalCommits - before).ShouldBeLessThan(appends / 20);
        (await AllFactsAsync()).Count.ShouldBe(appends + 1);
    }

    [Fact(DisplayName = "[ST5] a conflict in a group harms nobody else in it, and pipelined appends keep their order")]
    public async Task ConflictsInsideAGroup()
    {
        await AppendAsync(Samples.Append("taken", 0));
        var command = Guid.NewGuid();
        var tasks = new List<Task<AppendOutcome>>();
        for (var i = 0; i < 50; i++)
            tasks.Add(AppendAsync(Samples.Append($"good{i}", 0)));
        tasks.Add(AppendAsync(Samples.Append("taken", 0)));
        tasks.Add(AppendAsync(Samples.Append("taken", 1)));
        tasks.Add(AppendAsync(Samples.Append("twice", 0, command)));
        tasks.Add(AppendAsync(Samples.Append("elsewhere", 0, command)));
        tasks.Add(AppendAsync(Samples.Append("piped", 0)));
        tasks.Add(AppendAsync(Samples.Append("piped", 1)));
        tasks.Add(AppendAsync(Samples.Append("broken", 1)));
        tasks.Add(AppendAsync(Samples.Append("broken", 2)));
        var answers = new List<AppendOutcome>();
        foreach (var task in tasks)
            answers.Add(await task);

        answers.Take(50).ShouldAllBe(answer => answer.Result == AppendResult.Appended);
        answers.Skip(50).ShouldBe(
        [
            new(AppendResult.VersionConflict, "taken", 1),
            new(AppendResult.Appended, "taken", 2),
            new(AppendResult.Appended, "twice", 1),
            new(AppendResult.CommandKnown, "twice", 1),
            new(AppendResult.Appended, "piped", 1),
            new(AppendResult.Appended, "piped", 2),
            new(AppendResult.VersionConflict, "broken", 0),
            new(AppendResult.VersionConflict, "broken", 0),
        ]);
        (await Store.Journal.VerifyChainAsync(cancellation: Token)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[ST6] the sequence rises in the order of the streams, and a reader that pages by it misses nothing")]
    public async Task ReadAllPages()
    {
        const int appends = 2_500;
        await Task.WhenAll(
            Enumerable.Range(0, appends).Select(i => AppendAsync(Samples.Append($"s{i % 500}", i / 500))));
        var all = await AllFactsAsync();
        all.Count.ShouldBe(appends);
        all.Zip(all.Skip(1)).ShouldAllBe(pair => pair.First.Seq < pair.Second.Seq);
        foreach (var stream in all.GroupBy(record => record.Stream))
            stream.Select(record => record.Version).ShouldBe([1, 2, 3, 4, 5]);
        var rest = await Store.Journal.ReadAllAsync(all[99].Seq, Token).ToListAsync(Token);
        rest.Select(record => record.Seq).ShouldBe(all.Skip(100).Select(record => record.Seq));
    }

    [Fact(DisplayName = "[ST7] an append that no database could hold is refused before it meets others")]
    public async Task RefusesMalformed()
    {
        var good = Samples.Append("s1", 0);
        JournalAppend[] malformed =
        [
            good with { Stream = "" },
            good with { Stream = new string('x', 65) },
            good with { Stream = "a\0b" },
            good with { Stream = "half \uD83D pair" },
            good with { ExpectedVersion = -1 },
            good with { District = default },
            good with { Facts = [] },
            good with { Facts = [.. Enumerable.Repeat(Samples.Fact(), IJournal.FactsMax + 1)] },
            good with { Facts = [Samples.Fact(type: "")] },
            good with { Facts = [Samples.Fact() with { Payload = new byte[IJournal.PayloadMax + 1] }] },
            good with { Case = Samples.Case(1) with { Description = "nul \0" } },
        ];
        foreach (var append in malformed)
            await Should.ThrowAsync<ArgumentException>(async () => await AppendAsync(append));
        var largest = Samples.Fact() with { Payload = new byte[IJournal.PayloadMax] };
        var most = good with { Stream = "😀", Facts = [.. Enumerable.Repeat(largest, IJournal.FactsMax)] };
        (await AppendAsync(most)).Version.ShouldBe(IJournal.FactsMax);
    }

    [Fact(DisplayName = "[ST8] a full queue refuses an append instead of growing")]
    public async Task FullQueue()
    {
        await RestartAsync(options => (options.JournalQueueMax, options.JournalGroupMax) = (10, 10));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5_000).Select(async i =>
        {
            try
            {
                return (await AppendAsync(Samples.Append($"s{i}", 0))).Result == AppendResult.Appended;
            }
            catch (StorageUnavailableException)
            {
                return false;
            }
        }));
        answers.ShouldContain(false);
        (await AllFactsAsync()).Count.ShouldBe(answers.Count(appended => appended));
    }

    [Fact(DisplayName = "[ST9] closing writes what waits")]
    public async Task CloseFlushes()
    {
        var tasks = Enumerable.Range(0, 500).Select(i => AppendAsync(Samples.Append($"s{i}", 0))).ToArray();
        await RestartAsync();
        (await Task.WhenAll(tasks)).ShouldAllBe(answer => answer.Result == AppendResult.Appended);
        (await AllFactsAsync()).Count.ShouldBe(500);
    }
}

using GridMesh.Contracts.Kpis;
using GridMesh.Contracts.Storage;
using GridMesh.Storage.Tests.Support;

namespace GridMesh.Storage.Tests.Contract;

public abstract class KpiContract(IPlace place) : StorageContract(place)
{
    private const string Subject = "450105";

    private static readonly DateTimeOffset s_nextDay = Samples.Noon.AddDays(1);

    [Fact(DisplayName = "[KP1] what is appended is in the indices at once, and stays the same when it goes to the tables")]
    public async Task AtOnce()
    {
        await CountAsync("a", 0, 2);
        await CountAsync("a", 1, 3);
        (await ReportedAsync()).ShouldBe(5);

        await SettleAsync();
        (await StoredAsync("kpi_hours")).ShouldBe(5);
        (await StoredAsync("kpi_days")).ShouldBe(5);
        (await ReportedAsync()).ShouldBe(5);

        await CountAsync("a", 2, 1);
        (await ReportedAsync()).ShouldBe(6);
        (await StoredAsync("kpi_hours")).ShouldBe(5);
    }

    [Fact(DisplayName = "[KP1] an append that is refused counts nothing")]
    public async Task Refused()
    {
        var first = Append("a", 0, 2);
        await AppendAsync(first);
        await AppendAsync(first);
        (await AppendAsync(Append("a", 0, 7))).Result.ShouldBe(AppendResult.VersionConflict);
        (await ReportedAsync()).ShouldBe(2);
    }

    [Fact(DisplayName = "[KP2] a stop in order leaves nothing to be folded again")]
    public async Task StopInOrder()
    {
        await CountAsync("a", 0, 4);
        await RestartAsync();
        (await ReportedAsync()).ShouldBe(4);
        (await Store.Kpis.ReadTailAsync(100, Token)).ShouldBeNull();
    }

    [Fact(DisplayName = "[KP2] what a crash left out of the tables is handed out to be folded, counted once, whatever is appended meanwhile")]
    public async Task Crash()
    {
        await CountAsync("a", 0, 4);
        await SettleAsync();
        await CountAsync("a", 1, 1);
        await CountAsync("b", 0, 1);
        await CountAsync("c", 0, 1);

        // As if the last three had been written by a process that died before its sums were.
        await CrashAsync();
        await RestartAsync();
        await CountAsync("d", 0, 10);
        (await ReportedAsync()).ShouldBe(14);
        for (var turn = 0; await Store.Kpis.ReadTailAsync(2, Token) is { } tail; turn++)
        {
            turn.ShouldBeLessThan(3);
            await Store.Kpis.AddTailAsync(
                tail, [.. tail.Facts.Where(fact => fact.Stream.Length == 1).Select(_ => Entry(1))], Token);
        }

        (await ReportedAsync()).ShouldBe(17);
        await SettleAsync();
        (await StoredAsync("kpi_days")).ShouldBe(17);
        await RestartAsync();
        (await ReportedAsync()).ShouldBe(17);
    }

    [Fact(DisplayName = "[KP2] the same tail twice is counted once")]
    public async Task TailTwice()
    {
        await CountAsync("a", 0, 1);
        await CrashAsync();
        await RestartAsync();
        var tail = (await Store.Kpis.ReadTailAsync(100, Token))!;
        await Store.Kpis.AddTailAsync(tail, [Entry(1)], Token);
        await Should.ThrowAsync<Exception>(async () => await Store.Kpis.AddTailAsync(tail, [Entry(1)], Token));
        (await ReportedAsync()).ShouldBe(1);
    }

    [Fact(DisplayName = "[KP3] hours and days are China's: sixteen o'clock UTC begins a day, and a span ends before its end")]
    public async Task Days()
    {
        var evening = new DateTimeOffset(2026, 7, 1, 15, 59, 0, TimeSpan.Zero);
        await AppendAsync(Append("a", 0, 1, evening));
        await AppendAsync(Append("b", 0, 2, evening.AddMinutes(1)));
        var days = await Store.Kpis.ReadAsync(
            Subject, KpiPeriod.Day, Samples.Noon.AddDays(-3), Samples.Noon.AddDays(3), Token);
        days.Select(day => (day.Start.Day, day.Counts[0])).ShouldBe([(1, 1L), (2, 2L)]);
        days.ShouldAllBe(day => day.Start.Offset == TimeSpan.FromHours(8) && day.Start.Hour == 0);
        var hours = await Store.Kpis.ReadAsync(Subject, KpiPeriod.Hour, evening, evening.AddMinutes(1), Token);
        hours.ShouldHaveSingleItem().Start.Hour.ShouldBe(23);
        (await Store.Kpis.ReadAsync("450106", KpiPeriod.Day, Samples.Noon, s_nextDay, Token)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[KP4] hours are kept for three months, days for ever")]
    public async Task Kept()
    {
        await AppendAsync(Append("a", 0, 1, Samples.Noon.AddDays(-IKpiStore.HoursKeptDays - 2)));
        await AppendAsync(Append("b", 0, 2, Samples.Noon.AddDays(-IKpiStore.HoursKeptDays + 1)));
        await SettleAsync();
        (await StoredAsync("kpi_hours")).ShouldBe(2);
        (await StoredAsync("kpi_days")).ShouldBe(3);
        Time.Advance(TimeSpan.FromDays(2));
        await CountAsync("c", 0, 4);
        await SettleAsync();
        (await StoredAsync("kpi_hours")).ShouldBe(4);
        (await StoredAsync("kpi_days")).ShouldBe(7);
    }

    [Fact(DisplayName = "[KP10] a snapshot shows facts stream by stream, the tables and how far they reach as they were at one moment")]
    public async Task Snapshot()
    {
        await CountAsync("b", 0, 2);
        await CountAsync("a", 0, 1);
        await SettleAsync();
        await CountAsync("a", 1, 4);
        var sum = await Store.Kpis.ReadSnapshotAsync(
            async (snapshot, token) =>
            {
                await CountAsync("a", 2, 8);
                await SettleAsync();
                (await snapshot.NextStreamAsync("", "c", token)).ShouldBe("a");
                (await snapshot.NextStreamAsync("a", "c", token)).ShouldBe("b");
                (await snapshot.NextStreamAsync("b", "c", token)).ShouldBeNull();
                var facts = await snapshot.ReadFactsAsync("a", "c", token).ToListAsync(token);
                facts.Select(fact => (fact.Fact.Stream, fact.Fact.Version, fact.IsCounted))
                    .ShouldBe([("a", 1L, true), ("a", 2L, false), ("b", 1L, true)]);
                (await snapshot.ReadFactsAsync("a", "b", token).CountAsync(token)).ShouldBe(2);
                (await snapshot.ReadSubjectsAsync("0", ":", token)).ShouldBe([Subject]);
                return (await snapshot.SumAsync(KpiPeriod.Day, "0", "x", token)).ShouldHaveSingleItem();
            },
            Token);
        sum.Counts[(int)KpiCounter.Reported].ShouldBe(6);
        (await StoredAsync("kpi_days")).ShouldBe(15);
    }

    private async Task CountAsync(string stream, long version, long reported) =>
        (await AppendAsync(Append(stream, version, reported))).Result.ShouldBe(AppendResult.Appended);

    private static JournalAppend Append(string stream, long version, long reported, DateTimeOffset? at = null) =>
        Samples.Append(stream, version) with { Kpis = [Entry(reported, at)] };

    private static KpiEntry Entry(long reported, DateTimeOffset? at = null) =>
        new(at ?? Samples.Noon, [Subject, "w:worker-7"], [new KpiCount(KpiCounter.Reported, reported)]);

    /// <summary>Row by row and as one sum: always the same.</summary>
    private async Task<long> ReportedAsync()
    {
        var rows = await Store.Kpis.ReadAsync(Subject, KpiPeriod.Day, Samples.Noon.AddDays(-1), s_nextDay, Token);
        var sum = await Store.Kpis.SumAsync(Subject, KpiPeriod.Day, Samples.Noon.AddDays(-1), s_nextDay, Token);
        var reported = rows.Sum(row => row.Counts[(int)KpiCounter.Reported]);
        sum.Length.ShouldBe(KpiCounters.Width);
        sum[(int)KpiCounter.Reported].ShouldBe(reported);
        return reported;
    }

    /// <summary>Lets the sums grow old, and waits for the write that takes them along.</summary>
    private async Task SettleAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(IKpiStore.FlushSeconds));

        // The writer answers a write before it settles, and takes the next one after: the second answer comes later.
        await Store.TamperAsync("UPDATE counters SET value = value WHERE name = 'health'");
        await Store.Journal.AppendAsync(Samples.Append($"settled-{Guid.NewGuid():N}", 0), Token);
        await Store.Journal.AppendAsync(Samples.Append($"settled-{Guid.NewGuid():N}", 0), Token);
    }

    /// <summary>Takes the sums out of the tables that a stop in order would have left there.</summary>
    private async Task CrashAsync()
    {
        var cursor = await Store.ScalarAsync("SELECT seq FROM kpi_cursor");
        var stored = await StoredAsync("kpi_days");
        await RestartAsync();
        foreach (var table in (string[])["kpi_hours", "kpi_days"])
            await Store.TamperAsync(stored == 0 ? $"DELETE FROM {table}" : $"UPDATE {table} SET reported = {stored}");
        await Store.TamperAsync($"UPDATE kpi_cursor SET seq = {cursor}");
    }

    private async Task<long> StoredAsync(string table) => Convert.ToInt64(
        await Store.ScalarAsync($"SELECT coalesce(sum(reported), 0) FROM {table} WHERE subject = '{Subject}'"),
        System.Globalization.CultureInfo.InvariantCulture);
}

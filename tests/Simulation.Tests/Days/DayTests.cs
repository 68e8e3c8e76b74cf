using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Kpis;
using GridMesh.Demo;
using GridMesh.Grains.Live;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests.Days;

public sealed class DayTests(ITestOutputHelper output)
{
    private const int Cases = 1_000;

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_morning = TimeSpan.FromHours(2);

    private static readonly DirectoryData s_district = DemoDistrict.Generate();

    [Fact(DisplayName = "[TI2, KP9] a day of the whole district by its seed: the same seed gives the same journal byte for byte, another seed another one, and the indices equal an independent recount of the file")]
    public async Task SameSeedSameDay()
    {
        var (journal, kpis) = await RunAsync(seed: 7, s_day);
        var (again, _) = await RunAsync(seed: 7, s_day);
        var (other, _) = await RunAsync(seed: 8, s_morning);
        again.AsSpan().SequenceEqual(journal).ShouldBeTrue(FirstDifference(journal, again));
        other.Length.ShouldBeGreaterThan(0);
        journal.AsSpan().StartsWith(other).ShouldBeFalse();

        var recount = new Recount(new DirectoryView(s_district)).Of(journal);
        recount.Count.ShouldBeGreaterThan(Cases);
        foreach (var (key, value) in recount)
            kpis.GetValueOrDefault(key).ShouldBe(value, $"{key}");

        kpis.Keys.Except(recount.Keys).ShouldBeEmpty();
        Enum.GetNames<KpiCounter>().Where(name => !name.StartsWith("Patrol", StringComparison.Ordinal))
            .Select(Camel).Except(recount.Keys.Select(key => key.Counter)).ShouldBeEmpty();
    }

    private async Task<(byte[] Journal, Dictionary<Counted, long> Kpis)> RunAsync(int seed, TimeSpan length)
    {
        // Grids send and check again at long intervals only: a day has 86,400 seconds, and none of that makes a fact.
        await using var sim = await MeshSim.StartAsync(
            directory: s_district, live: new LiveOptions { BeatSeconds = 60 });
        var day = new ScriptedDay(sim, new DirectoryView(s_district), seed);
        var journal = await day.RunAsync(Cases, length);
        day.Refused.ShouldBeEmpty();
        output.WriteLine(
            $"seed {seed}: {sim.World.Turns} turns, {journal.Length} bytes, "
            + string.Join(", ", day.Facts.OrderBy(fact => fact.Key)));
        return (journal, Sum(sim.Journal.Kpis));
    }

    private static Dictionary<Counted, long> Sum(IEnumerable<KpiEntry> entries)
    {
        var sums = new Dictionary<Counted, long>();
        foreach (var entry in entries)
        {
            var at = entry.At.ToUniversalTime();
            foreach (var subject in entry.Subjects)
            {
                foreach (var count in entry.Counts)
                {
                    var key = new Counted(
                        subject, at - new TimeSpan(at.TimeOfDay.Ticks % TimeSpan.TicksPerHour),
                        Camel(count.Counter.ToString()));
                    sums[key] = sums.GetValueOrDefault(key) + count.Value;
                }
            }
        }

        return sums;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string FirstDifference(byte[] one, byte[] two)
    {
        var at = one.AsSpan().CommonPrefixLength(two);
        string Around(byte[] bytes) =>
            System.Text.Encoding.UTF8.GetString(
                bytes.AsSpan(Math.Max(0, at - 300), Math.Min(500, bytes.Length - Math.Max(0, at - 300))));
        return $"they differ at {at}: {Around(one)}\n--\n{Around(two)}";
    }
}

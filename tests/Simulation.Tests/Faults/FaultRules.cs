using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Clocks;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Patrols;
using GridMesh.Contracts.Storage;
using GridMesh.Grains;
using GridMesh.Grains.Incidents;
using GridMesh.Grains.Patrols;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests.Faults;

/// <summary>What has to hold at rest, whatever happened before.</summary>
internal sealed class FaultRules(MeshSim sim, IReadOnlyList<FaultClient> clients, IReadOnlyList<Calm> calms)
{
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(1);

    private readonly List<string> _broken = [];

    /// <summary>What is broken; empty where all is well.</summary>
    public async Task<List<string>> CheckAsync()
    {
        foreach (var client in clients)
        {
            _broken.AddRange(client.Broken);
            foreach (var promise in client.Promises)
                await KeptAsync(promise);

            var onDuty = (await sim.Journal.FindDutyAsync(client.Duty.Worker))?.OnDuty ?? false;
            Hold(onDuty == client.Duty.OnDuty, $"{client.Duty} was promised, the journal says {onDuty}");
        }

        _broken.AddRange(sim.World.Failures.Where(failure => !FaultRun.IsFault(failure.Exception))
            .Select(failure => $"{failure.What}: {failure.Exception}"));
        var recount = new Silo.Verify.Recount(sim.Journal.ReadAllAsync(), sim.Journal, sim.States, sim.Time);
        _broken.AddRange(await recount.RunAsync(new DirectoryView(FaultDistrict.Data)));
        await SumsAsync(AreaCode.Parse(FaultDistrict.Data.Areas[0].Code.Value));
        await foreach (var row in sim.Journal.ReadAllCasesAsync())
            Deadlines(row.Number);

        Patrols();
        return _broken;
    }

    private async Task KeptAsync(Promise promise)
    {
        var found = await sim.Journal.FindCommandAsync(promise.CommandId);
        Hold(
            found?.Stream == promise.Stream || (found is null && promise.MayBeSilent),
            $"{promise} is in the journal as {found?.Stream ?? "nothing"}");
        Hold(
            sim.Journal.Of(promise.Stream).Count >= promise.Version,
            $"{promise} is not what the journal holds: {sim.Journal.Of(promise.Stream).Count} facts");
        var facts = sim.Journal.Of(promise.Stream).Where(fact => fact.CommandId == promise.CommandId).ToArray();
        Hold(
            facts.Length == 0 || facts[^1].Version - facts[0].Version == facts.Length - 1,
            $"{promise} has facts that do not follow each other");
    }

    /// <summary>Each area is the sum of its children, each grid the count of its rows.</summary>
    private async Task<AreaSummary> SumsAsync(AreaCode code)
    {
        var shown = await sim.SummaryAsync(code.Value);
        var children = FaultDistrict.Data.Areas.Where(area => area.Code.Parent == code).Select(area => area.Code)
            .ToArray();
        if (children.Length == 0)
        {
            await CountAsync(code, shown);
            return shown;
        }

        var sum = new int[AreaSummary.Width];
        foreach (var child in children)
        {
            var summary = await SumsAsync(child);
            for (var i = 0; i < sum.Length; i++)
                sum[i] += summary.At(i);
        }

        Hold(
            shown.Counts.AsSpan().SequenceEqual(sum),
            $"{code} shows {string.Join(',', shown.Counts)}, its children {string.Join(',', sum)}");
        return shown;
    }

    private async Task CountAsync(AreaCode grid, AreaSummary shown)
    {
        var rows = new List<CaseRow>();
        await foreach (var row in sim.Journal.ReadAllCasesAsync())
        {
            if (row.Number.Grid == grid && row.Step.IsOpen())
                rows.Add(row);
        }

        Hold(shown.Open == rows.Count, $"{grid} shows {shown.Open} open cases, the journal has {rows.Count}");
        Hold(
            shown[Counter.Overdue] == rows.Count(row => row.Overdue),
            $"{grid} shows {shown[Counter.Overdue]} overdue, the journal has {rows.Count(row => row.Overdue)}");
        var onDuty = (await sim.Journal.ReadDutyAsync(grid)).Count(row => row.OnDuty);
        Hold(
            shown[Counter.WorkersOnDuty] == onDuty,
            $"{grid} shows {shown[Counter.WorkersOnDuty]} on duty, not {onDuty}");
    }

    /// <summary>Each deadline that came due is one fact, and in fine weather not late.</summary>
    private void Deadlines(CaseNumber number)
    {
        CaseRow? row = null;
        IncidentState? state = null;
        var passed = new HashSet<(Step, DateTimeOffset)>();
        var before = DateTimeOffset.MinValue;
        foreach (var record in sim.Journal.Of(number.Value))
        {
            var fact = IncidentHistory.Decode(record);
            var due = fact switch
            {
                DeadlinePassed deadline => deadline.Due,
                RungPassed rung => rung.Due,
                _ => row is { Overdue: false, DueAt: { } open } ? open : (DateTimeOffset?)null,
            };
            Hold(fact.At >= before, $"{number}: {fact.GetType().Name} at {fact.At:O}, after a fact at {before:O}");
            before = fact.At;
            if (due is { } moment && IsCalm(record.Seq, moment))
                Hold(fact.At - moment <= s_late, $"{number}: {fact.GetType().Name} at {fact.At:O}, due at {moment:O}");

            if (fact is DeadlinePassed once)
                Hold(passed.Add((once.Step, once.Due)), $"{number}: {once} twice");

            state = IncidentState.Fold(state, number, fact);
            row = state.ToRow();
        }

        Hold(
            row is not { Overdue: false, DueAt: { } last } || sim.Time.GetUtcNow() - last <= s_late,
            $"{number}: the deadline of {row?.DueAt:O} is not a fact at {sim.Time.GetUtcNow():O}");
    }

    private void Patrols()
    {
        var grid = FaultDistrict.Grids[0];
        var facts = sim.Journal.Of(GrainKinds.Patrol.StreamOf(grid))
            .Select(record => (record.Seq, Fact: FactJson.Decode<PatrolFact>(record)));
        var slots = new HashSet<PatrolSlot>();
        foreach (var (seq, fact) in facts)
        {
            if ((fact as CheckpointDone)?.Slot is { } done)
            {
                Hold(slots.Add(done), $"{done} twice");
            }
            else if (fact is CheckpointMissed missed)
            {
                Hold(slots.Add(missed.Slot), $"{missed.Slot} twice");
                Hold(!IsCalm(seq, missed.Due) || missed.At - missed.Due <= s_late, $"{missed} is late");
            }
        }

        // A clock that was put back has not come to the end of every window.
        var minute = ChinaTime.Local(sim.Time.GetUtcNow() - s_late).TimeOfDay.TotalMinutes;
        foreach (var (from, to) in FaultRun.Windows.Where(window => window.To < minute))
        {
            var decided = slots.Count(slot => slot.From == from);
            Hold(decided == 2, $"{decided} of 2 checkpoints are done or missed between minute {from} and {to}");
        }
    }

    private bool IsCalm(long seq, DateTimeOffset due) =>
        calms.Any(calm => seq > calm.FromSeq && seq <= calm.UntilSeq && due >= calm.From);

    private void Hold(bool holds, string otherwise)
    {
        if (!holds)
            _broken.Add(otherwise);
    }
}

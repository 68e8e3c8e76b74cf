using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Product.Fixture.Simulated;

namespace GridMesh.Simulation.Tests.Days;

/// <summary>
/// What somebody does with a case next, after how long; the command is made of the case as it stands then.
/// </summary>
internal sealed record DayMove(TimeSpan After, Func<Guid, IncidentView, IncidentCommand> Command);

/// <summary>The script: most cases go straight, some come back, are late, asked about, reopened or appealed.</summary>
internal static class DayMoves
{
    public static DayMove? Next(IncidentView incident, DirectoryView view, Random random)
    {
        var chance = random.NextDouble();
        var marks = incident.Marks ?? CaseMarks.None;
        return incident.Step switch
        {
            Step.Reported when chance < 0.08
                && marks.Reopens == 0 => By(2, 14, Role.Dispatcher, (id, me, _) => new RejectIncident(id, me, "不属实")),
            Step.Reported when chance < 0.4
                && WorkerOf(incident, view, random) is { } worker =>
                    Own(worker, 1, 14, (id, me, _) => new SelfHandleIncident(id, me)),
            Step.Reported or Step.Returned => Dispatch(incident, view, random),
            Step.Dispatched when chance < 0.1 => ByOwner(2, 20, (id, me) => new ReturnIncident(id, me, "不属于本岗位")),
            Step.Dispatched => ByOwner(1, 18, (id, me) => new AcceptIncident(id, me)),
            Step.Handling when marks.IsSuspended =>
                By(10, 60, Role.Supervisor, (id, me, _) => new ResumeIncident(id, me)),
            Step.Handling when marks.Request is not null =>
                By(2, 20, Role.Supervisor, (id, me, _) => new DecideRequest(id, me, chance < 0.7, "按规定")),
            Step.Handling when chance < 0.06
                && incident.Desk.Tier == Tier.Community =>
                    ByOwner(5, 40, (id, me) => new EscalateIncident(id, me, "需街道协调")),
            Step.Handling when chance < 0.09
                && marks.Extensions == 0 => ByOwner(5, 40, (id, me) => new AskExtension(id, me, 1, "雨天")),
            Step.Handling when chance < 0.12 => ByOwner(5, 40, (id, me) => new SuspendIncident(id, me, "等配件")),
            Step.Handling when chance < 0.15
                && marks.Supervision is null =>
                    By(
                        5, 40, Role.Supervisor,
                        (id, me, _) => new SuperviseIncident(id, me, SupervisionKind.Important, 1, "群众关注")),
            Step.Handling => ByOwner(10, chance > 0.85 ? 900 : 90, (id, me) => new ResolveIncident(id, me, "已办结", [])),
            Step.Inspecting when chance < 0.1 =>
                By(2, 40, Role.Inspector, (id, me, _) => new InspectIncident(id, me, false, "不到位")),
            Step.Inspecting => By(2, 40, Role.Inspector, (id, me, _) => new InspectIncident(id, me, true, null)),
            Step.Feedback => By(1, 20, Role.Dispatcher, (id, me, _) => new TellReporter(id, me, "已办")),
            Step.Closed or Step.Evaluated => AfterClosing(incident, marks, chance),
            _ => null,
        };

        DayMove By(
            double from, double to, Role role, Func<Guid, Actor, IncidentView, IncidentCommand> command,
            string? who = null) => new(
            TimeSpan.FromMinutes(from + ((to - from) * random.NextDouble())),
            (id, now) => command(id, MeshSim.By(role, who ?? role.ToString()), now));

        DayMove Own(string worker, double from, double to, Func<Guid, Actor, IncidentView, IncidentCommand> command) =>
            By(from, to, Role.Worker, command, worker);

        DayMove ByOwner(double from, double to, Func<Guid, Actor, IncidentCommand> command) => new(
            TimeSpan.FromMinutes(from + ((to - from) * random.NextDouble())),
            (id, now) => command(id, MeshSim.By(Role.Worker, now.Owner!)));

        DayMove? AfterClosing(IncidentView closed, CaseMarks its, double share) => its.Appeal switch
        {
            AppealState.Asked =>
                By(5, 60, Role.Inspector, (id, me, _) => new ReviewAppeal(id, me, share < 0.8, "核实"), "first"),
            AppealState.GrantedOnce =>
                By(5, 60, Role.Inspector, (id, me, _) => new ReviewAppeal(id, me, share < 0.9, "核实"), "second"),
            _ when share < 0.04
                && its.Reopens == 0 => By(20, 200, Role.Inspector, (id, me, _) => new ReopenIncident(id, me, "再次出现")),
            AppealState.None when OwnerWasLate(closed)
                && share < 0.5 => ByOwner(5, 60, (id, me) => new AppealIncident(id, me, "非本人原因")),
            _ when closed.Step == Step.Closed
                && share < 0.6 =>
                    By(5, 100, Role.Resident, (id, me, _) => new EvaluateIncident(id, me, random.Next(1, 6), null)),
            _ => null,
        };
    }

    private static bool OwnerWasLate(IncidentView incident) => incident.History
        .Reverse().TakeWhile(entry => entry.Fact is not IncidentReopened)
        .Any(entry => entry.Fact is DeadlinePassed { Step: Step.Dispatched or Step.Handling });

    private static DayMove? Dispatch(IncidentView incident, DirectoryView view, Random random)
    {
        var departments = view.Data.Departments
            .Where(one => one.Area.Contains(incident.Grid) && one.Lines.Include(incident.Line)).ToArray();
        var owner = departments.Length > 0 && random.NextDouble() < 0.3
            ? departments[random.Next(departments.Length)].Id
            : WorkerOf(incident, view, random) ?? departments.FirstOrDefault()?.Id;
        return owner is null ? null : new DayMove(
            TimeSpan.FromMinutes(1 + (18 * random.NextDouble())),
            (id, _) => new DispatchIncident(id, MeshSim.By(Role.Dispatcher), owner));
    }

    private static string? WorkerOf(IncidentView incident, DirectoryView view, Random random)
    {
        var roster = view.RosterOf(incident.Grid)
            .Where(worker => worker.Kind == WorkerKind.Worker && worker.Lines.Include(incident.Line)).ToArray();
        return roster.Length == 0 ? null : roster[random.Next(roster.Length)].Id;
    }
}

using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Demo.Traffic;

internal enum CaseAction
{
    SelfHandle,
    Dispatch,
    Reject,
    Accept,
    Return,
    Resolve,
    Pass,
    Fail,
    Tell,
    Evaluate,
    Escalate,
    HandBack,
    AskExtension,
    AskSuspension,
    Grant,
    Refuse,
    Resume,
    Supervise,
    Reopen,
    Merge,
    Summon,
    CheckIn,
    Appeal,
    Review,
    RefuseAppeal,
    NameParties,
    Mediate,
}

/// <summary>What happens to a case next, and after how long in demo time.</summary>
internal readonly record struct CaseMove(CaseAction Action, TimeSpan After);

/// <summary>
/// The life of a case in the demo: most are settled in the grid within an hour or two, some are late, come back or fail
/// the check. Depends on nothing but the case as it stands, so that open cases can be picked up after any restart.
/// </summary>
internal static class CaseLife
{
    /// <summary>One in so many steps takes longer than its limit.</summary>
    private const double LateShare = 0.04;

    private const double RejectShare = 0.04;
    private const double ReturnShare = 0.06;
    private const double FailShare = 0.07;
    private const double EvaluateShare = 0.4;
    private const double ReopenShare = 0.03;
    private const double EscalateShare = 0.06;
    private const double ExtendShare = 0.04;
    private const double SuspendShare = 0.02;
    private const double SuperviseShare = 0.02;
    private const double SummonShare = 0.02;
    private const double GrantShare = 0.8;

    /// <summary>Of those that were late.</summary>
    private const double AppealShare = 0.2;

    /// <summary>Null when nobody will do anything more about it.</summary>
    public static CaseMove? Next(OpenCase open, Random random)
    {
        var chance = random.NextDouble();
        (CaseAction Action, double From, double To, double Late)? move = open.Step switch
        {
            Step.Reported when open.LookAt is not null => (CaseAction.Merge, 0.5, 5, 15),
            Step.Reported when chance < SelfShare(open.Source) => (CaseAction.SelfHandle, 0.5, 8, 25),
            Step.Reported when chance > 1 - RejectShare => (CaseAction.Reject, 2, 12, 20),
            Step.Reported => (CaseAction.Dispatch, 1, 11, 25),
            Step.Returned => (CaseAction.Dispatch, 2, 10, 30),
            Step.Dispatched when chance < ReturnShare => (CaseAction.Return, 2, 10, 20),
            Step.Dispatched => (CaseAction.Accept, 0.5, 10, 25),
            Step.Handling when open.Asked is not null =>
                (chance < GrantShare ? CaseAction.Grant : CaseAction.Refuse, 3, 25, 60),
            Step.Handling when open.IsSuspended => (CaseAction.Resume, 60, 400, 900),
            Step.Handling when open.Awaited is not null => (CaseAction.CheckIn, 10, 60, 200),
            Step.Handling when open.IsUp && chance < 0.5 => (CaseAction.HandBack, 5, 40, 90),
            Step.Handling when open is { IsDispute: true, HasParties: false } => (CaseAction.NameParties, 5, 60, 200),
            Step.Handling when open.IsMediated => (CaseAction.Mediate, 30, 240, 900),
            Step.Handling when open is { IsMarked: false, IsUp: false } && Beside(chance) is { } beside =>
                (beside, 5, 40, 120),
            Step.Handling when open.Severity == Severity.Normal => (CaseAction.Resolve, 15, 110, 900),
            Step.Handling => (CaseAction.Resolve, 8, 45, 260),
            Step.Inspecting when chance < FailShare => (CaseAction.Fail, 4, 22, 45),
            Step.Inspecting => (CaseAction.Pass, 3, 22, 45),
            Step.Feedback => (CaseAction.Tell, 1, 15, 60),
            Step.Closed when open.Appeal is AppealState.Asked or AppealState.GrantedOnce =>
                (chance < GrantShare ? CaseAction.Review : CaseAction.RefuseAppeal, 30, 300, 900),
            Step.Closed when open is { WasLate: true, Appeal: AppealState.None } && chance > 1 - AppealShare =>
                (CaseAction.Appeal, 20, 240, 900),
            Step.Closed when chance > 1 - ReopenShare && !open.IsMarked =>
                (CaseAction.Reopen, 30, 600, 1_200),
            Step.Closed when chance < EvaluateShare => (CaseAction.Evaluate, 3, 60, 240),
            _ => null,
        };
        return move is { } next ? new CaseMove(next.Action, Wait(next, open, random)) : null;
    }

    private static TimeSpan Wait(
        (CaseAction Action, double From, double To, double Late) move, OpenCase open, Random random)
    {
        if (open.Hurry > 0)
            return TimeSpan.FromSeconds(1 + (6 * random.NextDouble()));

        var (from, to) = random.NextDouble() < LateShare ? (move.To, move.Late) : (move.From, move.To);
        return random.Minutes(from, to);
    }

    /// <summary>What some owners do before they resolve a case.</summary>
    private static CaseAction? Beside(double chance) => chance switch
    {
        < EscalateShare => CaseAction.Escalate,
        < EscalateShare + ExtendShare => CaseAction.AskExtension,
        < EscalateShare + ExtendShare + SuspendShare => CaseAction.AskSuspension,
        < EscalateShare + ExtendShare + SuspendShare + SuperviseShare => CaseAction.Supervise,
        < EscalateShare + ExtendShare + SuspendShare + SuperviseShare + SummonShare => CaseAction.Summon,
        _ => null,
    };

    /// <summary>Who sees it on his round settles it himself more often than not.</summary>
    private static double SelfShare(Source source) => source is Source.Worker or Source.Drone ? 0.65 : 0.25;
}

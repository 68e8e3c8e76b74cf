namespace GridMesh.Contracts.Kpis;

/// <summary>
/// What the indices 考核 are made of. Each is a plain sum over events, counted in the hour in which the event happened,
/// so that any span of any subject is the sum of its parts; rates are formed by whoever asks. The order is that of the
/// columns in the database: new ones come last.
/// </summary>
public enum KpiCounter
{
    /// <summary>上报</summary>
    Reported,

    /// <summary>立案: dispatched or taken up by a worker for the first time.</summary>
    Filed,

    /// <summary>Filed, and reported by a resident or over the hotline.</summary>
    PublicFiled,

    /// <summary>漏报: filed under urban management, but seen by somebody else than the people of the grid.</summary>
    Missed,

    /// <summary>自行处置</summary>
    SelfHandled,

    /// <summary>派遣</summary>
    Dispatched,

    /// <summary>Sum of the time that cases waited for their dispatch.</summary>
    DispatchSeconds,

    /// <summary>回退: dispatched to somebody whom it did not belong to.</summary>
    Returned,

    /// <summary>接单</summary>
    Accepted,

    /// <summary>Sum from dispatch to acceptance.</summary>
    AcceptSeconds,

    /// <summary>办结: resolved by its owner.</summary>
    Handled,

    /// <summary>Handled, and no deadline of the owner's had passed.</summary>
    HandledInTime,

    /// <summary>Handled late, and taken out of the rate by an appeal that won; the lateness stays counted.</summary>
    HandledExempt,

    /// <summary>Sum from acceptance to resolution.</summary>
    HandleSeconds,

    /// <summary>核查</summary>
    Inspected,

    /// <summary>返工: inspected, and sent back.</summary>
    Reworked,

    /// <summary>结案</summary>
    Closed,

    /// <summary>Closed, and no deadline at all had passed.</summary>
    ClosedInTime,

    /// <summary>Closed late, and taken out of the rate by an appeal that won.</summary>
    ClosedExempt,

    /// <summary>重启: taken up again after its end.</summary>
    Reopened,

    /// <summary>重复: the same matter once more, seen again or merged.</summary>
    Repeated,

    /// <summary>Deadlines that passed.</summary>
    Overdue,

    /// <summary>上报上级</summary>
    Escalated,

    /// <summary>不予受理</summary>
    Rejected,

    /// <summary>评议: number of scores.</summary>
    Scores,

    /// <summary>Sum of the scores, 1-5 each.</summary>
    ScoreSum,

    /// <summary>Checkpoints of patrols that fell due.</summary>
    PatrolsDue,

    /// <summary>Checkpoints that somebody was at in time.</summary>
    PatrolsDone,
}

public static class KpiCounters
{
    /// <summary>Number of counters.</summary>
    public const int Width = (int)KpiCounter.PatrolsDone + 1;
}

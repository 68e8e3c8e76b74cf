using System.Diagnostics;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Kpis;
using GridMesh.Grains.Kpis;

namespace GridMesh.Grains.Incidents;

/// <summary>
/// What has to be remembered of a case to count its facts: a second fold beside <see cref="IncidentState"/>, with times
/// and lateness instead of guards. Immutable.
/// </summary>
public sealed record CaseTally
{
    private Line Line { get; init; }

    private Source Source { get; init; }

    /// <summary>Since when it waits for a dispatch.</summary>
    private DateTimeOffset WaitsSince { get; init; }

    private DateTimeOffset DispatchedAt { get; init; }

    private DateTimeOffset HandledSince { get; init; }

    private string? Owner { get; init; }

    private bool IsFiled { get; init; }

    /// <summary>A deadline of the present owner's has passed.</summary>
    private bool OwnerIsLate { get; init; }

    private bool WasLate { get; init; }

    private int Grants { get; init; }

    /// <summary>What an appeal that wins takes out of the rates: where it was counted.</summary>
    private ImmutableArray<Tally> Exempt { get; init; } = [];

    /// <summary>The tally after one more fact, and what the fact counts.</summary>
    public static CaseTally Fold(CaseTally? before, IncidentFact fact, out ImmutableArray<Tally> tallies)
    {
        var after = (before ?? new CaseTally()).Next(fact);
        tallies = after.CountsOf(before ?? after, fact);
        return after;
    }

    private CaseTally Next(IncidentFact fact) => fact switch
    {
        IncidentReported e => this with { Line = e.Line, Source = e.Source, WaitsSince = e.At },
        IncidentDispatched e => this with
        {
            Owner = e.Owner, DispatchedAt = e.At, IsFiled = true, OwnerIsLate = false,
        },
        IncidentSelfHandled e => this with
        {
            Owner = e.Owner, DispatchedAt = e.At, HandledSince = e.At, IsFiled = true, OwnerIsLate = false,
        },
        IncidentAccepted => this with { HandledSince = fact.At },
        IncidentHandedOver e => this with { Owner = e.To },
        InspectionFailed => this with { HandledSince = fact.At, OwnerIsLate = false },
        IncidentReturned => this with { WaitsSince = fact.At, Owner = null },
        IncidentReopened => this with
        {
            WaitsSince = fact.At, Owner = null, OwnerIsLate = false, WasLate = false, Grants = 0, Exempt = [],
        },
        DeadlinePassed e => this with
        {
            WasLate = WasLate || e.Step != Step.Feedback,
            OwnerIsLate = OwnerIsLate || e.Step is Step.Dispatched or Step.Handling,
        },
        IncidentResolved when OwnerIsLate => this with { Exempt = Exempt.Add(Late(KpiCounter.HandledExempt, fact)) },
        ReporterTold when WasLate => this with { Exempt = Exempt.Add(Late(KpiCounter.ClosedExempt, fact)) },
        AppealReviewed { Grant: true } => this with { Grants = Grants + 1 },
        _ => this,
    };

    private ImmutableArray<Tally> CountsOf(CaseTally before, IncidentFact fact) => fact switch
    {
        IncidentReported => One(fact, (KpiCounter.Reported, 1)),
        IncidentSeenAgain or MergedCaseTaken => One(fact, (KpiCounter.Repeated, 1)),
        IncidentDispatched => One(
            fact, [.. Filing(before), (KpiCounter.Dispatched, 1),
                (KpiCounter.DispatchSeconds, Seconds(before.WaitsSince, fact.At))]),
        IncidentSelfHandled => One(fact, [.. Filing(before), (KpiCounter.SelfHandled, 1)]),
        IncidentReturned => [Of(fact, before.Owner, (KpiCounter.Returned, 1))],
        IncidentAccepted => One(
            fact, (KpiCounter.Accepted, 1), (KpiCounter.AcceptSeconds, Seconds(before.DispatchedAt, fact.At))),
        IncidentResolved => One(
            fact, (KpiCounter.Handled, 1), (KpiCounter.HandledInTime, OwnerIsLate ? 0 : 1),
            (KpiCounter.HandleSeconds, Seconds(before.HandledSince, fact.At))),
        InspectionPassed => One(fact, (KpiCounter.Inspected, 1)),
        InspectionFailed => One(fact, (KpiCounter.Inspected, 1), (KpiCounter.Reworked, 1)),
        ReporterTold => One(fact, (KpiCounter.Closed, 1), (KpiCounter.ClosedInTime, WasLate ? 0 : 1)),
        IncidentEvaluated e => One(fact, (KpiCounter.Scores, 1), (KpiCounter.ScoreSum, e.Score)),
        DeadlinePassed => One(fact, (KpiCounter.Overdue, 1)),
        IncidentReopened => [Of(fact, before.Owner, (KpiCounter.Reopened, 1))],
        IncidentEscalated => One(fact, (KpiCounter.Escalated, 1)),
        IncidentRejected => One(fact, (KpiCounter.Rejected, 1)),
        AppealReviewed e => e.Grant && Grants == 2 ? Exempt : [],
        _ when CaseFactAttribute.All[fact.GetType()].IsCounted =>
            throw new UnreachableException($"{fact.GetType().Name} is counted, and nothing says as what."),
        _ => [],
    };

    private IEnumerable<(KpiCounter, long)> Filing(CaseTally before)
    {
        if (before.IsFiled)
            yield break;

        yield return (KpiCounter.Filed, 1);
        yield return (KpiCounter.PublicFiled, Source is Source.Resident or Source.Hotline ? 1 : 0);
        yield return (KpiCounter.Missed, Line == Line.UrbanManagement && Source != Source.Worker ? 1 : 0);
    }

    private Tally Late(KpiCounter exempt, IncidentFact fact) => Of(fact, Owner, (exempt, 1));

    private ImmutableArray<Tally> One(IncidentFact fact, params (KpiCounter, long)[] counts) =>
        [Of(fact, Owner, counts)];

    private static Tally Of(IncidentFact fact, string? owner, params (KpiCounter Counter, long Value)[] counts) => new(
        fact.At, owner,
        [.. counts.Where(count => count.Value != 0).Select(count => new KpiCount(count.Counter, count.Value))]);

    private static long Seconds(DateTimeOffset from, DateTimeOffset to) =>
        Math.Max(0, (long)Math.Round((to - from).TotalSeconds));
}

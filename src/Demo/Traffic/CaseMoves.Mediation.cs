using GridMesh.Contracts.Incidents;
using GridMesh.Demo.Names;

namespace GridMesh.Demo.Traffic;

/// <content>Disputes are mediated 调解 by who owns them.</content>
internal sealed partial class CaseMoves
{
    /// <summary>Sessions after which it ends one way or another.</summary>
    public const int SessionsMax = 3;

    private const int PartiesMost = 4;

    private const double AdjournShare = 0.35;
    private const double FailedShare = 0.08;
    private const double CourtShare = 0.06;

    /// <summary>So long ago it was held, for a server whose clock is a little behind.</summary>
    private static readonly TimeSpan s_heldAgo = TimeSpan.FromMinutes(1);

    private static readonly string[] s_roles = ["申请人", "被申请人", "利害关系人", "见证人"];

    private static readonly string[] s_agreements =
    [
        "双方互谅互让，三日内恢复原状", "责任方承担维修费用，七日内付清", "约定作息时间，互不干扰", "分期履行，由网格员回访",
    ];

    /// <summary>Invented people, and nothing to reach them by.</summary>
    private object[] Parties() =>
    [
        .. s_roles.Take(random.Next(Party.CountMin, PartiesMost + 1))
            .Select(role => new { name = PersonNames.Next(random), role }),
    ];

    /// <param name="held">Sessions before it.</param>
    private object Session(int held)
    {
        var outcome = OutcomeAfter(held);
        return new
        {
            heldAt = time.GetUtcNow() - s_heldAgo,
            mediator = PersonNames.Next(random),
            outcome = outcome.ToString(),
            text = outcome switch
            {
                MediationOutcome.Adjourned => "双方意见分歧较大，择期再调",
                MediationOutcome.Agreed => "双方达成一致",
                MediationOutcome.Failed => "双方未能达成一致，已告知其他途径",
                _ => "已引导当事人依法诉讼",
            },
            agreement = outcome == MediationOutcome.Agreed ? Pick(s_agreements) : null,
        };
    }

    private MediationOutcome OutcomeAfter(int held)
    {
        if (held < SessionsMax - 1 && random.NextDouble() < AdjournShare)
            return MediationOutcome.Adjourned;

        return random.NextDouble() switch
        {
            < FailedShare => MediationOutcome.Failed,
            < FailedShare + CourtShare => MediationOutcome.ReferredToCourt,
            _ => MediationOutcome.Agreed,
        };
    }
}

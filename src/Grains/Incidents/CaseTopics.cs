using System.Collections.Frozen;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>All topics, by the kinds of command and of fact that are theirs.</summary>
internal static class CaseTopics
{
    private static readonly ImmutableArray<CaseTopic> s_all =
    [
        new Reporting(), new Dispatching(), new Handling(), new HandingOver(), new Inspecting(), new Closing(),
        new Escalating(), new Suspending(), new Supervising(), new Deadlines(), new Merging(), new Appealing(),
        new Summoning(), new Calling(), new Photographing(), new Mediating(), new Erasing(),
    ];

    public static FrozenDictionary<Type, CaseDecision> Decisions { get; } =
        s_all.SelectMany(topic => topic.Decisions).ToFrozenDictionary(decision => decision.Command);

    public static FrozenDictionary<Type, CaseFold> Folds { get; } =
        s_all.SelectMany(topic => topic.Folds).ToFrozenDictionary(fold => fold.Fact);
}

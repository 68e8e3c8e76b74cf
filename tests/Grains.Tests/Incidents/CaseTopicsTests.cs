using GridMesh.Contracts.Facts;
using GridMesh.Contracts.Incidents;
using GridMesh.Grains.Incidents;

namespace GridMesh.Grains.Tests.Incidents;

public sealed class CaseTopicsTests
{
    [Fact(DisplayName = "[TD8] every kind of command on a case is decided in a topic")]
    public void Commands() => CaseTopics.Decisions.Keys.ShouldBe(
        typeof(IncidentCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(IncidentCommand))),
        ignoreOrder: true);

    [Fact(DisplayName = "[TD8] every kind of fact of a case is folded in a topic, but for the report that begins it")]
    public void Facts() => CaseTopics.Folds.Keys.Append(typeof(IncidentReported)).ShouldBe(
        FactFamily.KindsOf(typeof(IncidentFact)), ignoreOrder: true);

    [Fact(DisplayName = "[TD8] every kind of fact of a case says whether the public hears of it and whether it is counted")]
    public void Considered() =>
        CaseFactAttribute.All.Keys.ShouldBe(FactFamily.KindsOf(typeof(IncidentFact)), ignoreOrder: true);
}

using System.Reflection;
using System.Text.Json.Serialization;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Public;

namespace GridMesh.Gateway.Tests.Public;

public sealed class CaseNewsTests
{
    [Fact(DisplayName = "[TD8] every kind of fact of a case says whether the public hears of it")]
    public void Considered() => CaseNews.Types.Concat(CaseNews.Inner).ShouldBe(
        typeof(IncidentFact).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.Name),
        ignoreOrder: true);
}

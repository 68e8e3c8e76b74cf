namespace GridMesh.Engine.Tests.Parity;

/// <summary>Only the core abstractions of Orleans are at hand.</summary>
public sealed class ElsewhereTests
{
    [Fact(DisplayName = "[EN43] what the official assembly lacks is on a list with the Orleans assembly that has it")]
    public void Listed() =>
        Api.Ours.Keys.Where(name => !Api.Official.ContainsKey(name)).Order(StringComparer.Ordinal)
            .ShouldBe(Elsewhere.Types.Keys.Order(StringComparer.Ordinal));
}

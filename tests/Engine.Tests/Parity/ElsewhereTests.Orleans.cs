namespace GridMesh.Engine.Tests.Parity;

/// <summary>All assemblies of Orleans that GridMesh takes are at hand.</summary>
public sealed class ElsewhereTests
{
    [Fact(DisplayName = "[EN43] what is on the list is in the Orleans assembly named there, and nothing else is missing")]
    public void InTheAssemblyNamed()
    {
        Api.Ours.Keys.ShouldAllBe(name => Api.Official.ContainsKey(name));
        foreach (var (name, assembly) in Elsewhere.Types)
            Api.Official[name].Assembly.ShouldBe(assembly, name);
    }
}

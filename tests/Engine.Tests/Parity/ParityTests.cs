namespace GridMesh.Engine.Tests.Parity;

public sealed class ParityTests
{
    [Fact(DisplayName = "[EN42] what is declared here in a namespace of Orleans has the signature that it has there")]
    public void SameSignatures()
    {
        var wrong = new List<string>();
        foreach (var (name, ours) in Api.Ours)
        {
            if (!Api.Official.TryGetValue(name, out var found))
                continue;
            var official = found.Type;
            if (ours.Base != official.Base)
                wrong.Add($"{name} derives from {ours.Base}, there from {official.Base}");
            wrong.AddRange(ours.Interfaces.Except(official.Interfaces).Select(extra => $"{name} implements {extra}"));
            wrong.AddRange(ours.Members.Except(official.Members).Select(extra => $"{name} declares {extra}"));
        }

        wrong.ShouldBeEmpty(string.Join(Environment.NewLine, wrong));
        Api.Ours.Keys.Count(Api.Official.ContainsKey).ShouldBeGreaterThan(20);
    }
}

using System.Text.Json;
using GridMesh.Contracts.Areas;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using GridMesh.Contracts.Json;

namespace GridMesh.Grains.Tests.Areas;

public sealed class CodeTests
{
    [Theory(DisplayName = "[PB2] a malformed area code is refused with the reason")]
    [InlineData("45", null)]
    [InlineData("4501", null)]
    [InlineData("450105", null)]
    [InlineData("450105001", null)]
    [InlineData("450105599", null)]
    [InlineData("450105001001", null)]
    [InlineData("450105001001001", null)]
    [InlineData("", "missing")]
    [InlineData("4501051", "2, 4, 6, 9, 12 or 15")]
    [InlineData("45010x", "digits only")]
    [InlineData("05", "begins with 0")]
    [InlineData("450105000", "001-599")]
    [InlineData("450105600", "001-599")]
    [InlineData("450105001000", "001-999")]
    [InlineData("450105001001000", "001-999")]
    public void AreaCodes(string text, string? reason)
    {
        AreaCode.TryParse(text, out var code, out var said).ShouldBe(reason is null);
        if (reason is null)
            code.Value.ShouldBe(text);
        else
            said!.ShouldContain(reason);
    }

    [Fact(DisplayName = "[CL5] a code is a path")]
    public void Paths()
    {
        var grid = AreaCode.Parse("450105001003007");
        grid.Tier.ShouldBe(Tier.Grid);
        grid.Parent!.Value.Value.ShouldBe("450105001003");
        grid.IsChildOf(grid.Parent!.Value).ShouldBeTrue();
        grid.IsChildOf(grid.District).ShouldBeFalse();
        grid.IsChildOf(AreaCode.Parse("450105001004")).ShouldBeFalse();
        AreaCode.Parse("45").IsChildOf(grid).ShouldBeFalse();
        grid.District.Value.ShouldBe("450105");
        grid.At(Tier.Town).Value.ShouldBe("450105001");
        AreaCode.Parse("450105001").Contains(grid).ShouldBeTrue();
        AreaCode.Parse("450105002").Contains(grid).ShouldBeFalse();
        AreaCode.Parse("45").Parent.ShouldBeNull();
    }

    [Theory(DisplayName = "[PB2] a malformed case number is refused")]
    [InlineData("450105001001001-260302-0001", true)]
    [InlineData("450105001001001-260302-10000", true)]
    [InlineData("450105001001001-260302-001", false)]
    [InlineData("450105001001001-260302-0000", false)]
    [InlineData("450105001001001-260302-00001", false)]
    [InlineData("450105001001001-269902-0001", false)]
    [InlineData("450105001001-260302-0001", false)]
    [InlineData("450105001001001-260302-00x1", false)]
    [InlineData("", false)]
    public void CaseNumbers(string text, bool valid) => CaseNumber.TryParse(text, out _, out _).ShouldBe(valid);

    [Fact(DisplayName = "[RU1] a summary comes back from its wire form as it was")]
    public void SummaryJson()
    {
        var summary = new AreaSummary([.. Enumerable.Range(1, AreaSummary.Width)]);
        var json = JsonSerializer.Serialize(summary, MeshJson.Options);
        JsonSerializer.Deserialize<AreaSummary>(json, MeshJson.Options).ShouldBe(summary);
        using var document = JsonDocument.Parse(json);
        document.RootElement.GetProperty("incidents").GetProperty("open").GetInt32().ShouldBe(summary.Open);
    }

    [Fact(DisplayName = "[PR3] distances are metres on the ground")]
    public void Distances() => new GeoPoint(108.3, 22.8).MetresTo(new GeoPoint(108.3, 22.81)).ShouldBe(1_112, 1);
}

using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Patrols;
using GridMesh.Gateway.Plumbing.Access;
using GridMesh.Product.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Patrols;

public sealed class CheckInCodesTests
{
    private const string Key = "0123456789012345678901234567890123456789";

    private static readonly AreaCode s_grid = AreaCode.Parse(SmallDistrict.Grid);

    private readonly FakeTimeProvider _time = new();

    [Fact(DisplayName = "[PT4] a printed code reads back for as long as one likes, and no two are the same")]
    public void Printed()
    {
        var codes = Codes();
        var text = codes.Make(s_grid, "P1", "c1", isPrinted: true);
        text.Length.ShouldBeLessThan(CheckInCodes.CodeMax);
        codes.Make(s_grid, "P1", "c1", isPrinted: true).ShouldNotBe(text);
        _time.Advance(TimeSpan.FromDays(300));
        codes.Read(text, out var code).ShouldBeNull();
        (code.Grid, code.Plan, code.Checkpoint, code.IsPrinted).ShouldBe((s_grid, "P1", "c1", true));
    }

    [Fact(DisplayName = "[PT4] the code of a display is another one every minute and counts for two at most")]
    public void Display()
    {
        var codes = Codes();
        var text = codes.Make(s_grid, "P1", "c1", isPrinted: false);
        codes.Make(s_grid, "P1", "c1", isPrinted: false).ShouldBe(text);
        _time.Advance(TimeSpan.FromSeconds(60));
        codes.Make(s_grid, "P1", "c1", isPrinted: false).ShouldNotBe(text);
        codes.Read(text, out var code).ShouldBeNull();
        code.IsPrinted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(60));
        codes.Read(text, out _).ShouldBe(RejectCode.CodeHasExpired);
    }

    [Fact(DisplayName = "[PT4] nothing of a code can be changed without its key")]
    public void Forged()
    {
        var codes = Codes();
        var text = codes.Make(s_grid, "P1", "c1", isPrinted: true);
        codes.Read(text.Replace(".c1.", ".c2."), out _).ShouldBe(RejectCode.CodeIsForged);
        codes.Read(text.Replace(SmallDistrict.Grid, SmallDistrict.Neighbour), out _).ShouldBe(RejectCode.CodeIsForged);
        codes.Read(text[..^1], out _).ShouldBe(RejectCode.CodeIsForged);
        codes.Read(text + "字", out _).ShouldBe(RejectCode.CodeIsForged);
        foreach (var nonsense in new[] { "", ".", "1.2.3", "1.450105001001001.P1.c1.p1.", "......",
            new string('.', CheckInCodes.CodeMax) })
            codes.Read(nonsense, out _).ShouldBe(RejectCode.CodeIsForged);

        Codes("another-key-another-key-another-key").Read(text, out _).ShouldBe(RejectCode.CodeIsForged);
        Codes(codeKey: "another-key-another-key-another-key").Read(text, out _).ShouldBe(RejectCode.CodeIsForged);
    }

    [Fact(DisplayName = "[PT4] where tokens are signed elsewhere codes need a key of their own")]
    public void NoKey()
    {
        Codes(null).HasKey.ShouldBeFalse();
        Codes(null).Read("1.450105001001001.P1.c1.p1.x", out _).ShouldBe(RejectCode.CodeIsForged);
        Codes(null, Key).HasKey.ShouldBeTrue();
        new AuthOptions { Authority = "https://x", Audience = "x", CodeKey = "short" }.Problems(false).Single()
            .ShouldContain("CodeKey");
    }

    private CheckInCodes Codes(string? signingKey = Key, string? codeKey = null) =>
        new(new AuthOptions { SigningKey = signingKey, CodeKey = codeKey }, _time);
}

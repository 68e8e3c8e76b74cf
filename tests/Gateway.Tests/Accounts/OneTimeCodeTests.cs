using System.Text;
using GridMesh.Gateway.Accounts;

namespace GridMesh.Gateway.Tests.Accounts;

public sealed class OneTimeCodeTests
{
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory(DisplayName = "[AC18] codes are those of RFC 6238, appendix B")]
    [InlineData(59, "94287082")]
    [InlineData(1_111_111_109, "07081804")]
    [InlineData(1_111_111_111, "14050471")]
    [InlineData(1_234_567_890, "89005924")]
    [InlineData(2_000_000_000, "69279037")]
    [InlineData(20_000_000_000, "65353130")]
    public void Vectors(long at, string code) =>
        OneTimeCode.Code(s_secret, DateTimeOffset.FromUnixTimeSeconds(at), digits: 8).ShouldBe(code);

    [Fact(DisplayName = "[AC18] a code counts a step before and after its own, and none that is not later than the last")]
    public void Steps()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var code = OneTimeCode.Code(s_secret, at);
        var step = 1_234_567_890L / 30;
        OneTimeCode.StepOf(s_secret, code, at, 0).ShouldBe(step);
        OneTimeCode.StepOf(s_secret, code, at.AddSeconds(30), 0).ShouldBe(step);
        OneTimeCode.StepOf(s_secret, code, at.AddSeconds(-30), 0).ShouldBe(step);
        OneTimeCode.StepOf(s_secret, code, at.AddSeconds(61), 0).ShouldBeNull();
        OneTimeCode.StepOf(s_secret, code, at, step).ShouldBeNull();
        OneTimeCode.StepOf(s_secret, null, at, 0).ShouldBeNull();
        OneTimeCode.StepOf(s_secret, "１２３４５６", at, 0).ShouldBeNull();
    }

    [Fact(DisplayName = "[AC18] an app takes the secret in the letters of RFC 4648")]
    public void Letters()
    {
        OneTimeCode.Text(s_secret).ShouldBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        OneTimeCode.Text(Encoding.ASCII.GetBytes("fooba")).ShouldBe("MZXW6YTB");
        OneTimeCode.Text(Encoding.ASCII.GetBytes("foob")).ShouldBe("MZXW6YQ");
    }
}

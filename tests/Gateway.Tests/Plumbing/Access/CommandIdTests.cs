using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Gateway.Plumbing.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GridMesh.Gateway.Tests.Plumbing.Access;

public sealed class CommandIdTests
{
    private static readonly Actor s_me = new("a", "a", Role.Admin, AreaCode.Parse("450105"), null, []);
    private static readonly DateTimeOffset s_noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact(DisplayName = "[ON5] the id of a timed key begins with its time, in the order of bytes of either database")]
    public void Near()
    {
        var ids = Enumerable.Range(0, 50).Select(i => Commands.IdOf($"sub{i % 5}", KeyAt(s_noon.AddMilliseconds(i))))
            .ToList();
        ids.Distinct().Count().ShouldBe(50);
        ids.Select(id => BeginOf(id, bigEndian: false)).Distinct().Count().ShouldBeLessThanOrEqualTo(2);
        ids.Select(id => BeginOf(id, bigEndian: true)).Distinct().Count().ShouldBeLessThanOrEqualTo(2);

        var later = Commands.IdOf("sub", KeyAt(s_noon.AddMinutes(1)));
        foreach (var order in (bool[])[false, true])
            BeginOf(later, order).ShouldNotBe(BeginOf(ids[0], order));
    }

    [Fact(DisplayName = "[ON5] a timed key again is the same command, that of another subject or another key another one")]
    public void Once()
    {
        var key = KeyAt(s_noon);
        Commands.IdOf("a", key).ShouldBe(Commands.IdOf("a", key));
        Commands.IdOf("b", key).ShouldNotBe(Commands.IdOf("a", key));
        Commands.IdOf("a", KeyAt(s_noon)).ShouldNotBe(Commands.IdOf("a", key));
    }

    [Theory(DisplayName = "[ON5] any other key is spread over all ids as before")]
    [InlineData("order-4711", "a1955710-17ef-3b92-3348-5c96d858587d")]
    [InlineData("8c5ad4a6-53ae-4a0f-9a3b-1d3c0c6f9a11", "230a502f-7fc2-eed8-f381-2036bbeb0f00")]
    public void Others(string key, string id) => Commands.IdOf("a", key).ShouldBe(Guid.Parse(id));

    [Fact(DisplayName = "[ON5] a command without a key has an id of its own, near its time")]
    public void Keyless()
    {
        var time = new FakeTimeProvider();
        var (first, second) = (IdWithoutKey(time), IdWithoutKey(time));
        first.ShouldNotBe(second);
        BeginOf(first, bigEndian: false).ShouldBe(BeginOf(second, bigEndian: false));
        time.Advance(TimeSpan.FromMinutes(1));
        BeginOf(IdWithoutKey(time), bigEndian: false).ShouldNotBe(BeginOf(first, bigEndian: false));
    }

    private static string KeyAt(DateTimeOffset time) => Guid.CreateVersion7(time).ToString();

    private static Guid IdWithoutKey(TimeProvider time)
    {
        using var services = new ServiceCollection().AddSingleton(time).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        Commands.TryGetId(context, s_me, out var id).ShouldBeTrue();
        return id;
    }

    private static string BeginOf(Guid id, bool bigEndian) =>
        Convert.ToHexString(id.ToByteArray(bigEndian).AsSpan(0, 4));
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.TypeSystem;

namespace GridMesh.Grains.Tests.Wire.RoundTrips;

/// <summary>Through Orleans' own serializer and back.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public static TheoryData<string> Types =>
        [.. WireTypes.Crossing().Where(type => !type.IsAbstract).Select(type => type.FullName!)
            .Order(StringComparer.Ordinal)];

    public void Dispose() => _services.Dispose();

    [Theory(DisplayName = "[WI6] a wire type comes back from Orleans' serializer as it went in, whether its members are set, empty or absent")]
    [MemberData(nameof(Types))]
    public void RoundTrip(string name)
    {
        foreach (var filling in Enum.GetValues<Filling>())
        {
            var sample = new WireSamples(filling).Of(WireTypes.Contracts.GetType(name)!);
            var back = Serializer.Deserialize<object>(Serializer.SerializeToArray(sample));
            WirePicture.Of(back).ShouldBe(WirePicture.Of(sample), $"{name}, {filling}");
        }
    }

    [Fact(DisplayName = "[WI6] every answer of a grain comes back as it went in, null and the array that is none among them")]
    public void Answers()
    {
        var results = WireTypes.Interfaces.SelectMany(type => type.GetMethods()).Select(method => method.ReturnType)
            .Where(type => type.IsGenericType).Select(type => type.GetGenericArguments()[0]).Distinct().ToList();
        results.Count.ShouldBeGreaterThan(5);
        foreach (var type in results)
        {
            var sample = new WireSamples(Filling.Full).Of(Nullable.GetUnderlyingType(type) ?? type);
            foreach (var value in new[] { sample, type.IsValueType ? Activator.CreateInstance(type) : null })
            {
                var answer = (Response)typeof(Response).GetMethod(nameof(Response.FromResult))!.MakeGenericMethod(type)
                    .Invoke(null, [value])!;
                var back = Serializer.Deserialize<Response>(Serializer.SerializeToArray(answer)).ShouldNotBeNull();
                WirePicture.Of(back.Result).ShouldBe(WirePicture.Of(value), type.ToString());
            }
        }
    }

    [Fact(DisplayName = "[WI2] a type, an interface and a call go by their aliases, not by names of classes")]
    public void Names()
    {
        var names = _services.GetRequiredService<TypeConverter>();
        var calls = WireTypes.Contracts.GetTypes().Where(type => typeof(IInvokable).IsAssignableFrom(type)).ToList();
        calls.Count.ShouldBe(WireTypes.Interfaces.Sum(type => type.GetMethods().Length));
        calls.Concat(WireTypes.Crossing()).Concat(WireTypes.Interfaces).Select(type => names.Format(type))
            .Where(name => name.Contains("GridMesh", StringComparison.Ordinal)).ShouldBeEmpty();
        calls.Select(type => names.Format(type))
            .ShouldContain(name => name.Contains("IAreaGrain", StringComparison.Ordinal)
            && name.Contains("\"TakeReport\"", StringComparison.Ordinal));
    }
}

using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Geo;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace GridMesh.Grains.Tests.Wire.RoundTrips;

/// <summary>A type as one release has it.</summary>
[GenerateSerializer, Immutable, Alias("Test.Old")]
internal sealed record OldCard([property: Id(0)] string Owner, [property: Id(1)] AreaCode Grid);

/// <summary>The same type one release later.</summary>
[GenerateSerializer, Immutable, Alias("Test.New")]
internal sealed record NewCard(
    [property: Id(0)] string Owner, [property: Id(1)] AreaCode Grid, [property: Id(2)] GeoPoint? Position,
    [property: Id(3)] OldCard? Parent);

/// <summary>
/// Where the type is known from the call, Orleans writes ids only, so one type can stand for a version of the other.
/// </summary>
public sealed class VersionTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public void Dispose() => _services.Dispose();

    [Fact(DisplayName = "[WI7] an older reader passes over a member that it does not know")]
    public void Older()
    {
        var card = new NewCard("w1", Sample.Grid, new GeoPoint(108.3, 22.8), new OldCard("w2", Sample.OtherGrid));
        Serializer.Deserialize<OldCard>(Serializer.SerializeToArray(card)).ShouldBe(new OldCard("w1", Sample.Grid));
    }

    [Fact(DisplayName = "[WI7] a newer reader finds null where an older writer wrote nothing")]
    public void Newer()
    {
        var card = new OldCard("w1", Sample.Grid);
        Serializer.Deserialize<NewCard>(Serializer.SerializeToArray(card))
            .ShouldBe(new NewCard("w1", Sample.Grid, null, null));
    }
}

namespace GridMesh.Product.Fixture.Simulated;

/// <summary>Weather over a store that changes from one access to the next, and makes each take its time.</summary>
public interface IStorm
{
    /// <summary>Comes before each access and decides what becomes of it.</summary>
    ValueTask<Weather> BeforeAsync(bool isWrite);

    /// <summary>Comes between a write and its answer.</summary>
    ValueTask AfterAsync();
}

namespace GridMesh.Engine.Calls;

/// <summary>
/// A call with its arguments, ready to run on a grain. Implemented by structs, so that a call that runs at once
/// allocates nothing.
/// </summary>
internal interface ICall<T>
{
    ValueTask<T> Invoke(object grain);
}

/// <summary>A call without a result.</summary>
internal interface ICall
{
    ValueTask Invoke(object grain);
}

/// <summary>The result of calls that have none.</summary>
internal readonly struct Nothing;

/// <summary>Lets a call without a result go the way of those with one.</summary>
internal readonly struct VoidCall<TCall>(TCall call) : ICall<Nothing>
    where TCall : struct, ICall
{
    private readonly TCall _call = call;

    public ValueTask<Nothing> Invoke(object grain)
    {
        var task = _call.Invoke(grain);
        if (!task.IsCompletedSuccessfully)
            return Await(task);
        task.GetAwaiter().GetResult();
        return default;
    }

    // Not on the turn of the grain: nothing of the grain runs here, and a hop would be one turn more for nothing.
    private static async ValueTask<Nothing> Await(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return default;
    }
}

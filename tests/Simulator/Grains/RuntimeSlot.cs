using System.Reflection;

namespace GridMesh.Simulator.Grains;

/// <summary>
/// Where the constructor of <see cref="Grain"/> looks for who it is. Orleans has a setter for its own use only.
/// </summary>
internal static class RuntimeSlot
{
    private delegate void Setter(IGrainContext? now, out IGrainContext? before);

    private static readonly Setter s_set = typeof(Grain).Assembly
        .GetType("Orleans.Runtime.RuntimeContext", throwOnError: true)!
        .GetMethod("SetExecutionContext", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
        .CreateDelegate<Setter>();

    public static T With<T>(IGrainContext context, Func<T> make)
    {
        s_set(context, out var before);
        try
        {
            return make();
        }
        finally
        {
            s_set(before, out _);
        }
    }
}

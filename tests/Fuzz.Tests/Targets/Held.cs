using System.Text.Json;
using GridMesh.Contracts.Json;

namespace GridMesh.Fuzz.Tests.Targets;

/// <summary>What is to hold of what was read.</summary>
internal static class Held
{
    public static void That(bool holds, string what)
    {
        if (!holds)
            throw new ShouldAssertException($"does not hold: {what}");
    }

    /// <summary>Compared as JSON: lists and shapes are no values in C#.</summary>
    public static void Same<T>(T expected, T actual, string what)
    {
        var (one, other) = (Text(expected), Text(actual));
        That(one == other, $"{what}: {one} came back as {other}");
    }

    /// <summary>True when it was read; false when it was refused as <typeparamref name="TRefusal"/>.</summary>
    public static bool IsRead<TRefusal>(Action read)
        where TRefusal : Exception
    {
        try
        {
            read();
            return true;
        }
        catch (TRefusal)
        {
            return false;
        }
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, MeshJson.Options);
}

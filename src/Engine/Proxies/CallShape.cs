using System.Reflection;
using GridMesh.Engine.Calls;

namespace GridMesh.Engine.Proxies;

/// <summary>How a method of a grain interface becomes a call, by its return type.</summary>
/// <param name="CallInterface">What the struct of the call implements.</param>
/// <param name="Awaitable">What its Invoke returns.</param>
/// <param name="Wrap">Makes that of what the method returns, where it is something else.</param>
/// <param name="Result">The type of the result, null without one.</param>
/// <param name="EntryName">The method of <see cref="GrainProxy"/> to go through.</param>
internal sealed record CallShape(
    Type CallInterface, Type Awaitable, ConstructorInfo? Wrap, Type? Result, string EntryName)
{
    public static CallShape Of(MethodInfo method)
    {
        if (method.IsGenericMethod || method.GetParameters().Any(p => p.ParameterType.IsByRef))
            throw Unsupported(method);
        var type = method.ReturnType;
        if (type == typeof(Task))
            return new(typeof(ICall), typeof(ValueTask), typeof(ValueTask).GetConstructor([type]), null, "CallTask");
        if (type == typeof(ValueTask))
            return new(typeof(ICall), type, null, null, "CallValueTask");
        var open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        if (open != typeof(Task<>) && open != typeof(ValueTask<>))
            throw Unsupported(method);
        var result = type.GetGenericArguments()[0];
        var call = typeof(ICall<>).MakeGenericType(result);
        var awaitable = typeof(ValueTask<>).MakeGenericType(result);
        return open == typeof(Task<>)
            ? new(call, awaitable, awaitable.GetConstructor([type]), result, "CallTaskOf")
            : new(call, awaitable, null, result, "CallValueTaskOf");
    }

    public MethodInfo Entry(Type call)
    {
        var entry = typeof(GrainProxy).GetMethod(EntryName, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return Result is null ? entry.MakeGenericMethod(call) : entry.MakeGenericMethod(call, Result);
    }

    /// <summary>What lets the caller go when its token is cancelled; takes the answer and the token.</summary>
    public MethodInfo Until()
    {
        var until = typeof(GrainProxy).GetMethod($"{EntryName}Until", BindingFlags.Static | BindingFlags.NonPublic)!;
        return Result is null ? until : until.MakeGenericMethod(Result);
    }

    private static NotSupportedException Unsupported(MethodInfo method) => new(
        $"{method.DeclaringType}.{method.Name} cannot be a grain call: it must return Task or ValueTask, "
        + "be no property, and have neither type parameters nor parameters by reference.");
}

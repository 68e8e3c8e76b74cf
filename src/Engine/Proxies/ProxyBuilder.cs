using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using GridMesh.Engine.Activations;
using GridMesh.Engine.Calls;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace GridMesh.Engine.Proxies;

/// <summary>
/// Makes, once for each grain interface, a class that turns its methods into calls. Each method gets a struct that
/// holds the arguments, so that a call which can run at once allocates nothing.
/// </summary>
internal static class ProxyBuilder
{
    private const string AssemblyName = "GridMesh.Engine.Proxies";
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName(AssemblyName), AssemblyBuilderAccess.Run)
        .DefineDynamicModule(AssemblyName);

    private static readonly ConcurrentDictionary<Type, Lazy<Func<GrainKind, string, GrainProxy>>> Made = new();
    private static readonly Lock Gate = new();
    private static int _names;

    /// <summary>The way to make references by this interface.</summary>
    /// <exception cref="NotSupportedException">A member that cannot be a grain call.</exception>
    public static Func<GrainKind, string, GrainProxy> For(Type grainInterface) => Made.GetOrAdd(
        grainInterface, static type => new Lazy<Func<GrainKind, string, GrainProxy>>(() => Build(type))).Value;

    private static Func<GrainKind, string, GrainProxy> Build(Type grainInterface)
    {
        if (!grainInterface.IsVisible)
            throw new NotSupportedException($"Grain interfaces are public; {grainInterface} is not.");
        lock (Gate)
        {
            var type = Module.DefineType(
                $"{grainInterface.Name}Proxy{_names++}", TypeAttributes.Sealed, typeof(GrainProxy), [grainInterface]);
            var constructor = DefineConstructor(type);
            DefineFactory(type, constructor);
            var methods = grainInterface.GetInterfaces().Append(grainInterface).SelectMany(
                i => i.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic));
            foreach (var method in methods)
                DefineMethod(type, method);
            return type.CreateType().GetMethod("Make")!.CreateDelegate<Func<GrainKind, string, GrainProxy>>();
        }
    }

    private static ConstructorBuilder DefineConstructor(TypeBuilder type)
    {
        Type[] parameters = [typeof(GrainKind), typeof(string)];
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, parameters);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(GrainProxy).GetConstructor(
            Hidden | BindingFlags.Public, [typeof(GrainKind), typeof(string)])!);
        il.Emit(OpCodes.Ret);
        return constructor;
    }

    private static void DefineFactory(TypeBuilder type, ConstructorBuilder constructor)
    {
        var factory = type.DefineMethod(
            "Make",
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(GrainProxy),
            [typeof(GrainKind), typeof(string)]);
        var il = factory.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
    }

    private static void DefineMethod(TypeBuilder type, MethodInfo method)
    {
        var shape = CallShape.Of(method);
        var parameters = Array.ConvertAll(method.GetParameters(), p => p.ParameterType);
        var call = DefineCall(method, shape, parameters);
        var proxy = type.DefineMethod(
            $"{method.DeclaringType!.FullName}.{method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig
                | MethodAttributes.NewSlot,
            method.ReturnType,
            parameters);
        var il = proxy.GetILGenerator();
        var local = il.DeclareLocal(call);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
            if (parameters[i].IsInterface && typeof(IAddressable).IsAssignableFrom(parameters[i]))
                il.Emit(
                    OpCodes.Call, typeof(GrainProxy).GetMethod("Argument", Hidden)!.MakeGenericMethod(parameters[i]));
            il.Emit(OpCodes.Stfld, call.GetField($"Argument{i}")!);
        }

        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldloc, local);
        il.Emit(OpCodes.Ldc_I4, (int)TraitsOf(method));
        il.Emit(OpCodes.Call, shape.Entry(call));
        if (Array.IndexOf(parameters, typeof(CancellationToken)) is >= 0 and var token)
        {
            il.Emit(OpCodes.Ldarg, (short)(token + 1));
            il.Emit(OpCodes.Call, shape.Until());
        }

        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(proxy, method);
    }

    private static Type DefineCall(MethodInfo method, CallShape shape, Type[] parameters)
    {
        var type = Module.DefineType(
            $"{method.DeclaringType!.Name}{method.Name}Call{_names++}",
            TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
            typeof(ValueType),
            [shape.CallInterface]);
        var invoke = type.DefineMethod(
            "Invoke",
            MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.HideBySig
                | MethodAttributes.NewSlot,
            shape.Awaitable,
            [typeof(object)]);
        var il = invoke.GetILGenerator();
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, method.DeclaringType);
        for (var i = 0; i < parameters.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, type.DefineField($"Argument{i}", parameters[i], FieldAttributes.Public));
        }

        il.Emit(OpCodes.Callvirt, method);
        if (shape.Wrap is not null)
            il.Emit(OpCodes.Newobj, shape.Wrap);
        il.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    private static CallTraits TraitsOf(MethodInfo method)
    {
        var traits = CallTraits.None;
        if (method.IsDefined(typeof(ReadOnlyAttribute)))
            traits |= CallTraits.ReadOnly;
        if (method.IsDefined(typeof(AlwaysInterleaveAttribute)))
            traits |= CallTraits.AlwaysInterleave;
        if (method.IsDefined(typeof(OneWayAttribute)))
            traits |= CallTraits.OneWay;
        return traits;
    }
}

using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// SignalR's JSON protocol, but that arguments with a default may be left out, and that every error begins with its
/// code and has no words of the framework.
/// </summary>
internal sealed class MeshHubProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    /// <summary>Parameters of the hub's methods that have a default, the last ones of each.</summary>
    private static readonly FrozenDictionary<string, ParameterInfo[]> s_methods = typeof(MeshHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.GetParameters() is [.., { HasDefaultValue: true }])
        .ToFrozenDictionary(method => method.Name, method => method.GetParameters(), StringComparer.OrdinalIgnoreCase);

    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var start = input;
        try
        {
            if (!_json.TryParseMessage(ref input, binder, out message))
                return false;
        }
        catch (Exception e) when (e is not InvalidDataException)
        {
            // SignalR tells so of most that is wrong, but not of a number out of range, half a letter or a cut word.
            throw new InvalidDataException("This is no message of the hub.", e);
        }

        if (message is InvocationBindingFailureMessage { Target: { } target }
            && s_methods.TryGetValue(target, out var parameters))
        {
            message = ParseShort(start, binder, parameters) ?? message;
        }

        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) =>
        _json.WriteMessage(InOwnWords(message), output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(InOwnWords(message));

    /// <summary>The same with fewer arguments; null where that does not help.</summary>
    private HubMessage? ParseShort(
        ReadOnlySequence<byte> start, IInvocationBinder binder, ParameterInfo[] parameters)
    {
        for (var count = parameters.Length - 1; count >= 0 && parameters[count].HasDefaultValue; count--)
        {
            var input = start;
            if (_json.TryParseMessage(ref input, new FewerArguments(binder, count), out var message)
                && message is InvocationMessage call)
            {
                return new InvocationMessage(
                    call.InvocationId, call.Target,
                    [.. call.Arguments, .. parameters[count..].Select(parameter => parameter.DefaultValue)],
                    call.StreamIds)
                {
                    Headers = call.Headers,
                };
            }
        }

        return null;
    }

    private static HubMessage InOwnWords(HubMessage message) => message switch
    {
        CompletionMessage { Result: HubRefusal refusal } no =>
            CompletionMessage.WithError(no.InvocationId!, refusal.Message),
        CompletionMessage { Error: { } error } failed => CompletionMessage.WithError(
            failed.InvocationId!,
            error.EndsWith("Method does not exist.", StringComparison.Ordinal)
                ? $"{ProblemCode.RouteNotFound}: the hub has no such method"
            : error.StartsWith("Failed to invoke", StringComparison.Ordinal)
                ? $"{ProblemCode.ValidationFailed}: these are not the arguments of the method"
            : $"{ProblemCode.UnexpectedFault}: it is in the log"),
        _ => message,
    };

    /// <summary>Tells the protocol of the first parameters only.</summary>
    private sealed class FewerArguments(IInvocationBinder all, int count) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => all.GetReturnType(invocationId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            [.. all.GetParameterTypes(methodName).Take(count)];

        public Type GetStreamItemType(string streamId) => all.GetStreamItemType(streamId);
    }
}

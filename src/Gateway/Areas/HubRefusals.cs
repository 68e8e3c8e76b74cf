using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;
using Microsoft.AspNetCore.SignalR;

namespace GridMesh.Gateway.Areas;

/// <summary>
/// A no is an answer: SignalR would log every exception with its stack and put words of its own in front of it. So it
/// goes on as a result, and <see cref="MeshHubProtocol"/> writes it as the error that it is.
/// </summary>
internal sealed partial class HubRefusals(ILogger<HubRefusals> log) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (HubRefusal refusal)
        {
            return refusal;
        }
        catch (Exception e) when (FaultHandler.Classify(e) is not ProblemCode.UnexpectedFault and var code)
        {
            LogFault(invocationContext.HubMethodName, code, e.Message);
            return new HubRefusal(code, "again later");
        }
    }

    [LoggerMessage(LogLevel.Warning, "Hub {Method} failed: {Code}: {Reason}")]
    private partial void LogFault(string method, ProblemCode code, string reason);
}

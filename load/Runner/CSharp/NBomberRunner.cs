using GridMesh.Load.Runner.Sessions;
using GridMesh.Load.Runner.Contracts;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Runner.CSharp;

/// <summary>Describes a run and runs it.</summary>
public static class NBomberRunner
{
    public static NBomberContext RegisterScenarios(params ScenarioProps[] scenarios) => new() { Scenarios = [.. scenarios] };

    public static NBomberContext WithTestSuite(this NBomberContext context, string testSuite) => context with { TestSuite = testSuite };

    public static NBomberContext WithTestName(this NBomberContext context, string testName) => context with { TestName = testName };

    /// <summary>How often sinks are given figures and thresholds are checked.</summary>
    public static NBomberContext WithReportingInterval(this NBomberContext context, TimeSpan interval) => context with { ReportingInterval = interval };

    public static NBomberContext WithReportingSinks(this NBomberContext context, params IReportingSink[] reportingSinks) => context with { Sinks = [.. reportingSinks] };

    public static NBomberContext WithReportFolder(this NBomberContext context, string reportFolder) => context with { ReportFolder = reportFolder };

    /// <summary>Without the extension.</summary>
    public static NBomberContext WithReportFileName(this NBomberContext context, string reportFileName) => context with { ReportFileName = reportFileName };

    public static NBomberContext WithReportFormats(this NBomberContext context, params ReportFormat[] reportFormats) => context with { ReportFormats = [.. reportFormats] };

    public static NBomberContext WithoutReports(this NBomberContext context) => context with { ReportFormats = [] };

    /// <summary>Whether a line a scenario is shown at each reporting interval.</summary>
    public static NBomberContext DisplayConsoleMetrics(this NBomberContext context, bool display) => context with { IsShown = display };

    /// <summary>How long iterations that have begun may take to end after the schedule has ended.</summary>
    public static NBomberContext WithScenarioCompletionTimeout(this NBomberContext context, TimeSpan timeout) => context with { CompletionTimeout = timeout };

    /// <summary>Runs to the end and says what was measured.</summary>
    /// <exception cref="ArgumentException">The description cannot be run; the message has everything that is wrong with it.</exception>
    public static NodeStats Run(this NBomberContext context) => Session.RunAsync(context).GetAwaiter().GetResult();
}

namespace GridMesh.Load.Runner.Contracts;

/// <summary>The part of Serilog's logger that scenarios use. Sources that do not name this type compile with Serilog too.</summary>
public interface ILogger
{
    void Debug(string messageTemplate, params object?[] propertyValues);

    void Information(string messageTemplate, params object?[] propertyValues);

    void Warning(string messageTemplate, params object?[] propertyValues);

    void Error(string messageTemplate, params object?[] propertyValues);

    void Error(Exception exception, string messageTemplate, params object?[] propertyValues);
}

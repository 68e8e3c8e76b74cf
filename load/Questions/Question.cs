namespace GridMesh.Load.Questions;

/// <summary>A kind of question and how to make one.</summary>
/// <param name="Name">Its step in the report.</param>
/// <param name="Path">Below <c>/api/v1/</c>.</param>
internal sealed record Question(string Name, Func<Random, string> Path);

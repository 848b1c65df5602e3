namespace Threadwell.Web.Questions;

/// <summary>Beginnings of texts, on one line.</summary>
internal static class Excerpts
{
    /// <summary>The beginning of a text, cut between words where there are some, never within a letter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Most characters.</param>
    public static string Of(string text, int most)
    {
        string line = text.ReplaceLineEndings(" ");
        if (line.Length <= most)
        {
            return line;
        }

        int space = line.LastIndexOf(' ', most);
        int end = space > 0 ? space : char.IsHighSurrogate(line[most - 1]) ? most - 1 : most;
        return line[..end] + "…";
    }
}

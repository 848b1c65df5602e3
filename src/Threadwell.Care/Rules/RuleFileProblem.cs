using Threadwell.Geometry;

namespace Threadwell.Care.Rules;

/// <summary>How the checks of a rule file say what is wrong: the file, the place in it, the problem.</summary>
/// <param name="Source">The file, as the user named it.</param>
public readonly record struct RuleFileProblem(string Source)
{
    // Bounds of what a rule file may say. They keep nonsense and hostile files out.
    private const int LongestText = 2000;

    /// <summary>Refuses what does not hold.</summary>
    /// <exception cref="InvalidInputException">It does not hold.</exception>
    public void Require(bool holds, string place, string problem)
    {
        if (!holds)
        {
            throw new InvalidInputException(Source, place, problem);
        }
    }

    /// <summary>Refuses a text that is empty or too long in one of the languages; null is well where it is allowed.</summary>
    public void RequireText(Wording? text, string place)
    {
        if (text is not null)
        {
            Require(!string.IsNullOrWhiteSpace(text.En) && text.En.Length <= LongestText, $"{place}.en", $"a text of 1 to {LongestText} characters is needed.");
            Require(!string.IsNullOrWhiteSpace(text.Vi) && text.Vi.Length <= LongestText, $"{place}.vi", $"a text of 1 to {LongestText} characters is needed.");
        }
    }

    /// <summary>Refuses an id that is not made of letters, digits, dots and hyphens.</summary>
    public void RequireId(string id, string place) => Require(
        id.Length is >= 1 and <= 80 && char.IsAsciiLetter(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'),
        place,
        $"'{id}' is no id; a letter, then letters, digits, dots and hyphens are needed.");
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwell.Reports.Tests;

/// <summary>A text in a source file, with {0}, {1} … where values are put in.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Template">The text.</param>
/// <param name="IsRead">Whether a reader of a page can meet it as a sentence or as a place in a file.</param>
internal sealed record SourceText(string Place, string Template, bool IsRead);

/// <summary>Reads from the sources which sentences the engine can tell the readers of pages.</summary>
internal static partial class EngineSentences
{
    // Here every text of two or more words can reach a page.
    private static readonly string[] Folders =
    [
        "Threadwell.Geometry", "Threadwell.Anatomy", "Threadwell.Plans", "Threadwell.Prediction", "Threadwell.Mechanics/Equilibrium", "Threadwell.Storage/Files", "Threadwell.Work",
        "Threadwell.Care/Rules", "Threadwell.Care/Suitability", "Threadwell.Care/Aftercare",
    ];

    // Here texts stand for other readers: in the files that are written, in the terminal alone, or in both languages side by side.
    private static readonly string[] OtherReaders =
    [
        "Threadwell.Geometry/Files/MeshWriter.cs", "Threadwell.Anatomy/VirtualPatients/", "Threadwell.Care/Suitability/OutcomeWords.cs", "Threadwell.Care/Aftercare/UntilWords.cs", "Threadwell.Care/Aftercare/AftercareCalendar.cs",
        "Threadwell.Web/Hosting/ServeOptions.cs", "Threadwell.Web/Hosting/WebHost.cs", "Threadwell.Web/Hosting/DataFolderLock.cs",
        "Threadwell.Web/Consents/ConsentVerification.cs",
    ];

    // Names that nothing shows, and marks by which another program's message is cut.
    private static readonly string[] NotSaid =
    [
        "nasal dorsum", "nasal sidewall", "nasolabial fold", "upper lip", "upper abdomen", "measured thickness", " Path: ", " LineNumber: ",
    ];

    // In the app's own sources the sentences are those that are given to one of these.
    private static readonly string[] Tellers = ["InvalidInputException", "CourseProgress", "Problem", "Refuse"];

    /// <summary>All texts of the sources.</summary>
    public static IReadOnlyList<SourceText> All { get; } =
        [.. Folders.Append("Threadwell.Web").SelectMany(folder => Directory.GetFiles(Path.Combine(Sources(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(Read)];

    private static IEnumerable<SourceText> Read(string file)
    {
        string name = Path.GetRelativePath(Sources(), file).Replace('\\', '/');
        bool other = OtherReaders.Any(exempt => name.StartsWith(exempt, StringComparison.Ordinal));
        bool tellersOnly = name.StartsWith("Threadwell.Web/", StringComparison.Ordinal) && name != "Threadwell.Web/Previews/PreviewAnswer.cs";
        foreach (ExpressionSyntax text in CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot().DescendantNodes().OfType<ExpressionSyntax>().Where(IsWholeText))
        {
            int values = 0;
            string template = Template(text, ref values);
            bool isSentence = template.Trim().Contains(' ', StringComparison.Ordinal) && template.Any(char.IsLetter) && !EvidenceRows().IsMatch(template) && !NotSaid.Contains(template, StringComparer.Ordinal);
            yield return new(
                $"{name}:{text.GetLocation().GetLineSpan().StartLinePosition.Line + 1}",
                template,
                isSentence && !other && !IsForProgrammers(text) && (!tellersOnly || IsTold(text)));
        }
    }

    // Not a part of a longer text.
    private static bool IsWholeText(ExpressionSyntax expression) =>
        IsText(expression) && !(expression.Parent is { } parent && (parent.IsKind(SyntaxKind.AddExpression) || parent.IsKind(SyntaxKind.InterpolationFormatClause)));

    private static bool IsText(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression),
        InterpolatedStringExpressionSyntax => true,
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression) && (IsText(sum.Left) || IsText(sum.Right)),
        _ => false,
    };

    // An error of the program itself, or an attribute.
    private static bool IsForProgrammers(ExpressionSyntax text) => text.Ancestors().Any(above => above is AttributeSyntax
        || (above is ObjectCreationExpressionSyntax made && made.Type.ToString() is var type && type.EndsWith("Exception", StringComparison.Ordinal) && type is not ("InvalidInputException" or "PreviewException")));

    private static bool IsTold(ExpressionSyntax text) => text.Ancestors().Any(above => above switch
    {
        ObjectCreationExpressionSyntax made => Tellers.Contains(made.Type.ToString(), StringComparer.Ordinal),
        InvocationExpressionSyntax call => Tellers.Contains(call.Expression.ToString().Split('.')[^1], StringComparer.Ordinal),
        _ => false,
    });

    private static string Template(ExpressionSyntax expression, ref int values)
    {
        switch (expression)
        {
            case LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression):
                return literal.Token.ValueText;
            case InterpolatedStringExpressionSyntax interpolated:
                string text = "";
                foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
                {
                    text += content is InterpolatedStringTextSyntax part ? part.TextToken.ValueText : $"{{{values++}}}";
                }

                return text;
            case BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression):
                string left = Template(sum.Left, ref values);
                return left + Template(sum.Right, ref values);
            default:
                return $"{{{values++}}}";
        }
    }

    [GeneratedRegex(@"^[A-Z]-\d+(, [A-Z]-\d+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EvidenceRows();

    private static string Sources([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "src"));
}

using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using QRCoder;

namespace Threadwell.Web.Accounts;

/// <summary>QR codes as drawings inside a page: nothing to fetch, and no style that the site's policy would forbid.</summary>
internal static class QrPicture
{
    /// <summary>The element.</summary>
    /// <param name="text">What the code says.</param>
    /// <param name="label">What a screen reader says in its place.</param>
    public static MarkupString Of(string text, string label)
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        int size = data.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                if (data.ModuleMatrix[row][column])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z");
                }
            }
        }

        string name = System.Net.WebUtility.HtmlEncode(label);
        return new MarkupString(
            $"""<svg class="qr" role="img" aria-label="{name}" viewBox="0 0 {size} {size}" width="240" height="240" shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>""");
    }
}

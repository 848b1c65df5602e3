namespace Threadwell.Reports.Documents.Layout;

/// <summary>Puts the pieces of a document onto pages.</summary>
internal static class Pagination
{
    /// <summary>Pieces of each page with their distance from the top of its body, points. There is at least one page.</summary>
    public static IReadOnlyList<IReadOnlyList<(Piece Piece, float Top)>> Pages(IReadOnlyList<Piece> pieces, float bodyHeight)
    {
        var pages = new List<List<(Piece Piece, float Top)>> { new() };
        float top = 0;
        for (int start = 0; start < pieces.Count;)
        {
            int end = GroupEnd(pieces, start);
            float height = 0;
            for (int index = start; index < end; index++)
            {
                height += pieces[index].Height;
            }

            // A group that fits no page is broken where it must be, but begins where it stands.
            float room = bodyHeight - pieces[start].Repeated.Sum(piece => piece.Height);
            if (top > 0 && top + height > bodyHeight && height <= room)
            {
                Turn();
            }

            for (int index = start; index < end; index++)
            {
                Put(pieces[index]);
            }

            start = end;
        }

        return pages;

        void Turn()
        {
            pages.Add([]);
            top = 0;
        }

        void Put(Piece piece)
        {
            if (piece.EndsPage)
            {
                if (top > 0)
                {
                    Turn();
                }

                return;
            }

            if (top > 0 && top + piece.Height > bodyHeight)
            {
                if (piece.IsSpace)
                {
                    return;
                }

                Turn();
            }

            if (top == 0)
            {
                if (piece.IsSpace)
                {
                    return;
                }

                foreach (Piece repeated in piece.Repeated)
                {
                    pages[^1].Add((repeated, top));
                    top += repeated.Height;
                }
            }

            pages[^1].Add((piece, top));
            top += piece.Height;
        }
    }

    private static int GroupEnd(IReadOnlyList<Piece> pieces, int start)
    {
        int end = start;
        while (end < pieces.Count - 1 && pieces[end].KeepWithNext)
        {
            end++;
        }

        return end + 1;
    }
}

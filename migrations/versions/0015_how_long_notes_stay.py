"""How long somebody's notes stay, and on which day those of an entry went."""

import sqlalchemy as sa
from alembic import op


revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('note_months', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_person_note_months'), 'note_months BETWEEN 1 AND 120')
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words_removed_on', sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_column('words_removed_on')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_person_note_months'), type_='check')
        batch_op.drop_column('note_months')

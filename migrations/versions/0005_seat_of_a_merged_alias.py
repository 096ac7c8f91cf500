"""The seat that an alias had until it was merged, so that parting the two gives it back."""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('relationship', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_seat', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_relationship_merged_seat'), 'merged_seat BETWEEN 1 AND 10')


def downgrade() -> None:
    with op.batch_alter_table('relationship', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_relationship_merged_seat'), type_='check')
        batch_op.drop_column('merged_seat')
